import type { KeyObject } from 'node:crypto';
import { ProviderError } from '../../provider-error.js';
import { parseWire } from '../kit/parse.js';
import type { Api } from './api.js';
import { EnvelopeError, openEnvelope, sealEnvelope } from './crypto/envelope.js';
import { rsaDecrypt } from './crypto/rsa.js';
import { PROVIDER } from './errors.js';
import type { Meanings } from './errors.js';
import { certificateBundle, deviceAnswer } from './wire/account.js';
import type { CertificateBundle } from './wire/account.js';

export interface TrustedDevice {
  /** Team. */
  readonly businessId: string;
  /** Name of the device. */
  readonly device: string;
  /** Whether the token may be used from other addresses than this one. */
  readonly roaming: boolean;
  /** The team's shared secret; never sent. */
  readonly locatorKey: string;
}

export interface CertifiedDevice {
  readonly certificateId: string;
  /** As it was issued, in whatever form; sent inside an envelope. */
  readonly certificate: string;
  /** Text as it was issued; never sent. */
  readonly transportKey: string;
  /** RSA; never sent. */
  readonly privateKey: KeyObject;
  readonly device: string;
}

/** How devices get an access token, and what they need for that. */
export interface DeviceCalls {
  /** By the team's locator key, from an address the team trusts (first step of authorize_device). */
  signIn(device: TrustedDevice): Promise<string>;
  /** By a certificate (authorize_device_cert without announcing). */
  signInWithCertificate(device: CertifiedDevice): Promise<string>;
  /** Registers the device as a member of the team (announce_device). */
  announce(accessToken: string, device: string): Promise<void>;
  /** Makes a certificate with all that belongs to it (generate_device_certificate). */
  createCertificate(
    dashboardToken: string,
    request: { readonly tag: string; readonly fence: readonly string[]; readonly enabled: boolean },
  ): Promise<CertificateBundle>;
}

/** Version of the devices' protocol that answers in envelope E1. */
const PROTOCOL_VERSION = 3;

const REFUSED_DEVICE: Meanings = {
  401: {
    code: 'FORBIDDEN',
    message: 'The provider does not let this device in: its address, its certificate or its clock.',
  },
};

export function deviceCalls(api: Api): DeviceCalls {
  return {
    async signIn({ businessId, device, roaming, locatorKey }) {
      const answer = await api.text({
        operation: 'authorize_device',
        service: 'subscription',
        kind: 'write',
        method: 'POST',
        path: ['authorize', 'trusted', businessId],
        token: null,
        json: { device, ver: PROTOCOL_VERSION, roaming },
        meanings: REFUSED_DEVICE,
      });
      return openAnswer(answer, locatorKey, 'locatorKey');
    },

    async signInWithCertificate({ certificateId, certificate, transportKey, privateKey, device }) {
      const request = JSON.stringify({
        crt: certificate,
        device,
        ver: PROTOCOL_VERSION,
        ts: await providerTime(api),
      });
      const envelope = await sealEnvelope('AES_GCM', transportKey, Buffer.from(request));
      const answer = await api.text({
        operation: 'authorize_device_cert',
        service: 'subscription',
        kind: 'write',
        method: 'POST',
        path: ['authorize', 'certificate', certificateId],
        token: null,
        text: envelope.toString('base64'),
        meanings: REFUSED_DEVICE,
      });
      const sealed = await openAnswer(answer, transportKey, 'transportKey');
      return opening('privateKey', () => rsaDecrypt(privateKey, Buffer.from(sealed, 'base64')).toString());
    },

    announce: (token, device) =>
      api.send({
        operation: 'announce_device',
        service: 'dashboard',
        kind: 'write',
        method: 'POST',
        path: ['trusted', 'announce'],
        token,
        json: { afirst: device, alast: '', aphone: '' },
      }),

    createCertificate: (token, request) =>
      api.json(
        {
          operation: 'generate_device_certificate',
          service: 'dashboard',
          kind: 'write',
          method: 'POST',
          path: ['certificate'],
          token,
          json: request,
        },
        certificateBundle,
      ),
  };
}

/** Passed through untouched: its unit is unpublished (doubt 12). */
async function providerTime(api: Api): Promise<number> {
  const text = await api.text({
    operation: 'time',
    service: 'subscription',
    kind: 'read',
    method: 'GET',
    path: ['time'],
    token: null,
  });
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw protocolError('time: not an integer');
}

async function openAnswer(answer: string, password: string, field: string): Promise<string> {
  const opened = await opening(field, () => openEnvelope('AES_GCM', password, Buffer.from(answer, 'base64')));
  let body: unknown;
  try {
    body = JSON.parse(opened.toString());
  } catch {
    throw protocolError('a device answer is not JSON');
  }
  return parseWire(deviceAnswer, body, { provider: PROVIDER, operation: 'device answer', kind: 'write' })
    .access_token;
}

async function opening<Result>(field: string, open: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    throw new ProviderError('WRONG_SECRET', {
      provider: PROVIDER,
      message: `The provider's answer cannot be opened with this ${field}.`,
      path: [field],
    });
  }
}

function protocolError(text: string): ProviderError {
  return new ProviderError('PROVIDER_PROTOCOL', { provider: PROVIDER, cause: new Error(text) });
}
