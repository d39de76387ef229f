import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../kit/body.js';
import { ASSUMED } from '../assumptions.js';
import { openGcm, sealGcm } from '../crypto/envelope.js';
import type { DevicePair } from '../crypto/issue-device-certificate.js';
import { malformed, unauthorized } from '../wire/refusal.js';
import { signInDevice } from './devices.js';
import type { Certificate } from './records.js';
import type { World } from './world.js';

const payloadSchema = z.object({
  crt: z.string(),
  device: z.string().min(1).max(48),
  ver: z.literal(3),
  ts: z.int(),
});

/** PKCS#1 v1.5 adds at least so many bytes to a block. */
const PADDING_BYTES = 11;

/** What the dashboard hands out once: everything a device needs to sign in with a certificate. */
export interface CertificateBundle {
  readonly id: number;
  readonly transportKey: string;
  /** Base64 of PEM. */
  readonly clientCert: string;
  /** Base64 of PEM, PKCS#8; forgotten here at once. */
  readonly clientKey: string;
}

export async function createCertificate(
  world: World,
  order: Pick<Certificate, 'teamId' | 'tag' | 'fence' | 'enabled'>,
): Promise<CertificateBundle> {
  const { certificate, key } = await issuePair(world, order.tag);
  const id = world.nextId();
  const transportKey = world.random.bytes(32).toString('base64');
  addCertificate(world, { ...order, id, transportKey, certificate });
  return { id, transportKey, clientCert: base64(certificate), clientKey: base64(key) };
}

/** A key pair with its certificate; finding it takes a noticeable part of a second. */
export async function issuePair(world: World, tag: string): Promise<DevicePair> {
  // Loaded when needed: most starts make none.
  const { issueDeviceCertificate } = await import('../crypto/issue-device-certificate.js');
  return issueDeviceCertificate(tag, world.now());
}

export function addCertificate(world: World, certificate: Certificate): void {
  world.records.certificates.push(certificate);
  world.changed();
}

/**
 * Signs a device in by its certificate (dossier section 2.2, exact crypto there).
 * @param body base64 of an envelope E1 under the text of the transport key
 * @returns the same for the answer, whose token only the device's private key opens
 * @throws Refusal
 */
export function signInByCertificate(world: World, id: number, body: string, ip: string): string {
  const found = world.records.certificates.find((certificate) => certificate.id === id);
  if (found === undefined || !found.enabled) throw unauthorized('The certificate is not known');
  const plain = openGcm(found.transportKey, Buffer.from(body, 'base64'));
  if (plain === undefined) throw unauthorized('The request could not be decrypted');
  const payload = payloadSchema.safeParse(parseJson(plain));
  if (!payload.success) throw malformed('The request is not valid');
  const { crt, device, ts } = payload.data;
  if (pemOf(crt) !== pemOf(found.certificate)) throw unauthorized('The certificate is another');
  if (Math.abs(ts * 1000 - world.now()) > ASSUMED.certificateToleranceMs)
    throw unauthorized('The request is too old');
  const token = signInDevice(world, { teamId: found.teamId, device, ip, roaming: true });
  const answer = JSON.stringify({ access_token: encryptedFor(found.certificate, token.text) });
  return sealGcm(world.random, found.transportKey, answer).toString('base64');
}

function encryptedFor(certificate: string, token: string): string {
  const key = createPublicKey(certificate);
  const room = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - PADDING_BYTES;
  if (Buffer.byteLength(token) > room) throw malformed('The device name is too long');
  const padding = constants.RSA_PKCS1_PADDING;
  return publicEncrypt({ key, padding }, Buffer.from(token)).toString('base64');
}

/** The certificate text in one form, whether it came as PEM or as base64 of it. */
function pemOf(text: string): string {
  const pem = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  return pem.replace(/\s/g, '');
}

/** The form in which the dashboard hands out PEM texts. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
