import type { KeyObject } from 'node:crypto';
import { ProviderError } from '../../provider-error.js';
import type { CallOptions } from '../kit/call-options.js';
import { notUnderstood, parseWire } from '../kit/parse.js';
import type { Api } from './api.js';
import { EnvelopeError, openEnvelope, sealEnvelope } from './crypto/envelope.js';
import { rsaDecrypt } from './crypto/rsa.js';
import { PROVIDER } from './errors.js';
import { REFUSED_CERTIFICATE } from './operations.js';
import { deviceAnswer } from './wire/account.js';
import type { CertificateBundle } from './wire/account.js';
import { jwt } from './wire/answers.js';

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
  signIn(device: TrustedDevice, options?: CallOptions): Promise<string>;
  /** By a certificate (authorize_device_cert without announcing). */
  signInWithCertificate(device: CertifiedDevice, options?: CallOptions): Promise<string>;
  /** Registers the device as a member of the team (announce_device). */
  announce(accessToken: string, device: string, options?: CallOptions): Promise<void>;
  /** Makes a certificate with all that belongs to it (generate_device_certificate). */
  createCertificate(
    dashboardToken: string,
    request: { readonly tag: string; readonly fence: readonly string[]; readonly enabled: boolean },
    options?: CallOptions,
  ): Promise<CertificateBundle>;
}

/** Version of the devices' protocol that answers in envelope E1. */
const PROTOCOL_VERSION = 3;

export function deviceCalls(api: Api): DeviceCalls {
  return {
    async signIn({ businessId, device, roaming, locatorKey }, options = {}) {
      const answer = await api(options, 'authorize_device', {
        path: { businessId },
        json: { device, ver: PROTOCOL_VERSION, roaming },
      });
      return parseToken(await openAnswer(answer, locatorKey, wrongLocatorKey));
    },

    async signInWithCertificate(given, options = {}) {
      const { certificateId, certificate, transportKey, privateKey, device } = given;
      const request = JSON.stringify({
        crt: certificate,
        device,
        ver: PROTOCOL_VERSION,
        ts: Number(await api(options, 'time')),
      });
      const envelope = await sealEnvelope('AES_GCM', transportKey, Buffer.from(request));
      const text = envelope.toString('base64');
      const answer = await api(options, 'authorize_device_cert', { path: { certificateId }, text }).catch(
        untold,
      );
      const sealed = await openAnswer(answer, transportKey, refusedCertificate);
      return parseToken(
        await opening(refusedCertificate, () =>
          rsaDecrypt(privateKey, Buffer.from(sealed, 'base64')).toString(),
        ),
      );
    },

    announce: (token, device, options) =>
      api({ ...options, token }, 'announce_device', { json: { afirst: device, alast: '', aphone: '' } }),

    createCertificate: (token, json, options) =>
      api({ ...options, token }, 'generate_device_certificate', { json }),
  };
}

type Refusal = () => ProviderError;

const wrongLocatorKey: Refusal = () =>
  new ProviderError('WRONG_SECRET', {
    provider: PROVIDER,
    message: "The provider's answer cannot be opened with this locatorKey.",
    path: ['locatorKey'],
  });

/** Whoever tries parts of a certificate is not told which of them was right. */
export const refusedCertificate: Refusal = () =>
  new ProviderError('WRONG_SECRET', { provider: PROVIDER, message: REFUSED_CERTIFICATE });

/** The provider's refusal looks like ours. */
function untold(error: unknown): never {
  throw error instanceof ProviderError && error.code === 'WRONG_SECRET' ? refusedCertificate() : error;
}

/** The answer decides over a token, which may exist although nobody can read it. */
const SOURCE = { provider: PROVIDER, operation: 'device answer', kind: 'write' } as const;

function parseToken(text: string): string {
  return parseWire(jwt, text, SOURCE);
}

async function openAnswer(answer: string, password: string, refusal: Refusal): Promise<string> {
  const opened = await opening(refusal, () =>
    openEnvelope('AES_GCM', password, Buffer.from(answer, 'base64')),
  );
  let body: unknown;
  try {
    body = JSON.parse(opened.toString());
  } catch {
    throw notUnderstood(SOURCE, 'it is not JSON');
  }
  return parseWire(deviceAnswer, body, SOURCE).access_token;
}

async function opening<Result>(refusal: Refusal, open: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    throw refusal();
  }
}
