import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { parse } from 'lossless-json';
import { request } from 'undici';
import { z } from 'zod';
import type { Simulator, SimulatorOptions } from '../../../src/simulators/kit/simulator.js';
import type { GuardCryptoControl } from '../../../src/simulators/guardcrypto/control.js';
import { guardCryptoSimulator } from '../../../src/simulators/guardcrypto/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { startSimulator, type Teardown } from '../../support/simulators.js';

export const USER_AGENT = 'guard-contract/1.0';
const SAFETY_TIMEOUT_MS = 60_000;

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** What a request carries besides its method and path. At most one body. */
export interface Sent {
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Text fields and files of a multipart form. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one raw request. @param url without a query. */
export async function exchange(method: string, url: string, sent: Sent = {}): Promise<WireAnswer> {
  const target = new URL(url);
  for (const [name, value] of Object.entries(sent.query ?? {})) target.searchParams.set(name, value);
  const { type, body } = encode(sent);
  const {
    statusCode,
    headers,
    body: answer,
  } = await request(target, {
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'HEAD']).parse(method),
    headers: {
      'user-agent': USER_AGENT,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...sent.headers,
    },
    ...(body === undefined ? {} : { body }),
    headersTimeout: SAFETY_TIMEOUT_MS,
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: statusCode, headers, bytes, text: bytes.toString('utf8') };
}

function encode({ form, json, parts }: Sent): { type?: string; body?: string | Buffer } {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) };
  if (form !== undefined)
    return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
  if (parts === undefined) return {};
  const pieces = Object.entries(parts).flatMap(([name, value]) => {
    const file = typeof value === 'string' ? '' : '; filename="mail.eml"\r\nContent-Type: message/rfc882';
    return [
      Buffer.from(`--b1\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
      value,
      '\r\n',
    ];
  });
  const body = Buffer.concat([...pieces, '--b1--\r\n'].map((piece) => Buffer.from(piece)));
  return { type: 'multipart/form-data; boundary=b1', body };
}

/** A JSON answer; numbers that do not fit are bigint. */
export function json(answer: WireAnswer): unknown {
  if (answer.status !== 200) throw new Error(`status ${answer.status}: ${answer.text}`);
  return parse(answer.text, undefined, (text) =>
    Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text),
  );
}

/** What stands at a place in a JSON answer; undefined when there is nothing. */
export function at(answer: WireAnswer, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === String(key))?.[1]
        : undefined,
    json(answer),
  );
}

const errorSchema = z.strictObject({
  error: z.string().min(1),
  error_params: z.array(z.string()),
  categories: z.union([z.string(), z.array(z.string())]),
  category: z.int(),
  code: z.string().regex(/^[A-Z]+(-[A-Z]+)?-\d{4}$/),
  error_id: z.string().regex(/^\d+-\d+$/),
  error_desc: z.string(),
});

/** The envelope of a logical failure, which is status 200. */
export function failure(answer: WireAnswer): z.infer<typeof errorSchema> {
  return errorSchema.parse(json(answer));
}

export function failureCode(answer: WireAnswer): string {
  return failure(answer).code;
}

/** `data` of an answer, of the given form. */
export function data<Schema extends z.ZodType>(answer: WireAnswer, schema: Schema): z.output<Schema> {
  return schema.parse(z.strictObject({ data: z.unknown() }).parse(json(answer)).data);
}

/** An App Suite session of one user, with its cookie jar. */
export class UserSession {
  constructor(
    readonly base: string,
    readonly id: string,
    readonly cookie: string,
  ) {}

  /** @param path below the API root, as `oxguard/keys`. */
  call(method: string, path: string, action: string, sent: Sent = {}): Promise<WireAnswer> {
    return exchange(method, `${this.base}/${path}`, {
      ...sent,
      query: { action, session: this.id, ...sent.query },
      headers: { cookie: this.cookie, ...sent.headers },
    });
  }

  keys(method: string, action: string, sent?: Sent): Promise<WireAnswer> {
    return this.call(method, 'oxguard/keys', action, sent);
  }

  certificates(method: string, action: string, sent?: Sent): Promise<WireAnswer> {
    return this.call(method, 'oxguard/certificates', action, sent);
  }

  login(method: string, action: string, sent?: Sent): Promise<WireAnswer> {
    return this.call(method, 'oxguard/login', action, sent);
  }

  token(method: string, sent?: Sent): Promise<WireAnswer> {
    return this.call(method, 'guard-json', 'auth-token', sent);
  }

  /** A token for a key password; attached when it is told for how long. */
  async authenticate(password: string, minutesValid?: number, type = 'PGP'): Promise<string> {
    const answer = await this.token('POST', { query: { type }, json: { password, minutesValid } });
    return data(answer, tokenSchema).auth;
  }
}

export const tokenSchema = z.strictObject({
  auth: z.base64().min(40),
  minutesValid: z.int(),
  createdOn: z.int(),
});

const loginSchema = z.strictObject({
  session: z.string().regex(/^[0-9a-f]{32}$/),
  user: z.string(),
  user_id: z.int(),
  context_id: z.int(),
  locale: z.string(),
});

export interface GuardWorld {
  readonly simulator: Simulator<GuardCryptoControl>;
  readonly control: GuardCryptoControl;
  readonly clock: ManualClock;
  /** API root. */
  readonly base: string;
  signIn(localPart: string): Promise<UserSession>;
  /** A call with the credentials of a server plane. */
  serve(plane: 'REST' | 'SUPPORT', path: string, action: string, sent?: Sent): Promise<WireAnswer>;
}

/** A simulator whose time stands still, making keys that are found quickly. */
export async function startGuard(
  test: Teardown,
  options: Partial<SimulatorOptions> = {},
): Promise<GuardWorld> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, guardCryptoSimulator, { clock, ...options });
  const { control, url: base, environment } = simulator;
  await control.setNewKeyAlgorithm({ algorithm: 'ecc' });
  return {
    simulator,
    control,
    clock,
    base,
    signIn: (localPart) => signIn(base, `${localPart}@example.com`),
    serve: (plane, path, action, sent = {}) =>
      exchange('POST', `${base}/${path}`, {
        ...sent,
        query: { action, ...sent.query },
        headers: {
          authorization: basic(
            environment[`GUARDCRYPTO_${plane}_USER`] ?? '',
            environment[`GUARDCRYPTO_${plane}_PASSWORD`] ?? '',
          ),
        },
      }),
  };
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Signs in to the App Suite as its published client does: fields in a form, cookies sent back. */
export async function signIn(base: string, name: string, password = 'appsuite-pw'): Promise<UserSession> {
  const answer = await exchange('POST', `${base}/login`, {
    query: { action: 'login' },
    form: { name, password, client: 'guard-connector', version: '1.0' },
  });
  return new UserSession(base, loginSchema.parse(json(answer)).session, cookiesOf(answer));
}

/** What a cookie jar would send back. */
export function cookiesOf(answer: WireAnswer): string {
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');
}

/**
 * Encrypts a password as the provider's browser client does.
 * @param publicKey `pubKey` of the login answer. @param blockType of the PKCS#1 padding; 2 is right.
 */
export function encryptPassword(publicKey: string, password: string, blockType = 2): string {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const text = Buffer.from(password, 'utf8');
  const padding = Buffer.alloc(256 - 3 - text.length, 0xff);
  const block = Buffer.concat([Buffer.from([0, blockType]), padding, Buffer.from([0]), text]);
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block).toString('base64');
}

export const publicKeySchema = z.strictObject({
  id: z.union([z.int(), z.bigint(), z.string()]).transform(String),
  expired: z.boolean(),
  hasPrivateKey: z.boolean(),
  fingerPrint: z.string().regex(/^[0-9A-F]{40}$/),
  userIds: z.array(z.string()),
  encryptionKey: z.boolean(),
  masterKey: z.boolean(),
  validSeconds: z.int(),
  revoked: z.boolean(),
  creationTime: z.int().multipleOf(1000),
});

export const publicRingSchema = z.strictObject({
  ring: z.string().startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----\n'),
  hash: z.string(),
  keys: z.array(publicKeySchema).min(1),
});

export const keyRingSchema = z.strictObject({
  userId: z.int(),
  contextId: z.int(),
  current: z.boolean(),
  passwordModificationTimestamp: z.int(),
  publicRing: publicRingSchema.optional(),
  privateRing: z
    .strictObject({
      ring: z.string().startsWith('-----BEGIN PGP PRIVATE KEY BLOCK-----\n').optional(),
      keys: z.array(publicKeySchema.pick({ id: true, masterKey: true, expired: true, userIds: true })),
    })
    .optional(),
});

export type KeyRing = z.output<typeof keyRingSchema>;

const keyRingsSchema = z.strictObject({ keyRings: z.array(keyRingSchema) });

export async function keyRings(user: UserSession): Promise<KeyRing[]> {
  return data(await user.keys('GET', 'getKeys'), keyRingsSchema).keyRings;
}

export async function currentRing(user: UserSession): Promise<KeyRing> {
  const rings = (await keyRings(user)).filter(({ current }) => current);
  const [ring] = rings;
  if (ring === undefined || rings.length > 1) throw new Error(`${rings.length} current rings`);
  return ring;
}

/** The public half of a ring, which every ring has. */
export function publicRing(ring: KeyRing): z.output<typeof publicRingSchema> {
  return publicRingSchema.parse({ ...ring.publicRing });
}

/** One of the keys of a ring, the master being the first. */
export function keyAt(ring: KeyRing, place: number): z.output<typeof publicKeySchema> {
  const key = publicRing(ring).keys[place];
  if (key === undefined) throw new Error(`no key at ${place}`);
  return key;
}

/** An answer that says nothing but success. */
export function isEmpty({ status, text }: WireAnswer): boolean {
  return status === 200 && text === '';
}
