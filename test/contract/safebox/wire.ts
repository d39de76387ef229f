import assert from 'node:assert/strict';
import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Simulator, SimulatorOptions } from '../../../src/simulators/kit/simulator.js';
import type { SafeboxControl } from '../../../src/simulators/safebox/control.js';
import { safeboxSimulator } from '../../../src/simulators/safebox/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { startSimulator, temporaryDirectory, type Teardown } from '../../support/simulators.js';

const SAFETY_TIMEOUT_MS = 20_000;

/** The demo users' sign-ins, as a client sends them. */
export const ADA = { permalink: 'acme', username: 'ada', password: 'ada-demo-password' };
export const OTTO = { permalink: 'acme', username: 'otto', password: 'otto-demo-password', otp: '000000' };
export const EVE = { permalink: 'globex', username: 'eve', password: 'eve-demo-password' };

export const DEVICE = { application_type: 'Contract test', device_id: 'test-1', device_name: 'test one' };

/** The SafeBoxes that are there from the start. */
export const SEEDED = {
  open: '0a11ce00000000000000000000000001',
  keyRequired: '0a11ce00000000000000000000000002',
  closed: '0a11ce00000000000000000000000003',
  contentDeleted: '0a11ce00000000000000000000000004',
  shared: '0a11ce00000000000000000000000005',
};

export const ACCESS_DENIED = { message: 'Access denied' };
export const NOT_FOUND = { message: 'The requested URL cannot be found.' };
export const INCORRECT = 'Some entered values are incorrect.';

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** Undefined when the body is not JSON. */
  readonly json: unknown;
}

export interface CallOptions {
  /** An object is sent as JSON. */
  readonly body?: object | string | Buffer | Readable;
  /** Added to, or in place of, those of a JSON client. */
  readonly headers?: OutgoingHttpHeaders;
}

/** Sends raw requests with one API token, as a published client would. */
export class Wire {
  constructor(
    private readonly url: string,
    private readonly agent: Agent,
    readonly token: string | undefined,
  ) {}

  /** @param target put on the wire as it is, or an absolute URL, which is asked without the token. */
  call(method: string, target: string, options: CallOptions = {}): Promise<WireAnswer> {
    const isAbsolute = target.startsWith('http');
    const token = this.token === undefined || isAbsolute ? {} : { 'Authorization-Token': this.token };
    const headers = { Accept: 'application/json', ...token, ...options.headers };
    return exchange(this.agent, method, isAbsolute ? target : this.url + target, { ...options, headers });
  }

  get(target: string): Promise<WireAnswer> {
    return this.call('GET', target);
  }

  post(target: string, body: object): Promise<WireAnswer> {
    return this.call('POST', target, { body });
  }

  patch(target: string, body?: object): Promise<WireAnswer> {
    return this.call('PATCH', target, body === undefined ? {} : { body });
  }

  /** The JSON of an answer that has to be a success. */
  async read(target: string): Promise<unknown> {
    return ok(await this.get(target));
  }

  /** A reserved guid with its key and upload URL. */
  async initialize(query = ''): Promise<{ guid: string; key: string; uploadUrl: string }> {
    const reserved = await this.read(`/api/v2/safeboxes/new${query}`);
    return {
      guid: textAt(reserved, 'guid'),
      key: textAt(reserved, 'public_encryption_key'),
      uploadUrl: textAt(reserved, 'upload_url'),
    };
  }

  /** Commits a new SafeBox; `fields` are added to or replace those of a minimal one. */
  async commit(fields: object = {}): Promise<WireAnswer> {
    const { guid, key } = await this.initialize();
    return this.post('/api/v2/safeboxes', { safebox: { ...minimalBox(guid, key), ...fields } });
  }

  /** The guid of a new SafeBox. */
  async create(fields: object = {}): Promise<string> {
    return textAt(ok(await this.commit(fields)), 'guid');
  }

  /** The base fields of a SafeBox, with the sections named. */
  async info(guid: string, sections = 'none'): Promise<unknown> {
    return at(await this.read(`/api/v2/safeboxes/${guid}?sections=${sections}`), 'safebox');
  }
}

/** What every commit needs. */
export function minimalBox(guid: string, key: string): object {
  return {
    guid,
    subject: 'Contract',
    message: 'Please sign',
    document_ids: [],
    security_profile_id: 10,
    public_encryption_key: key,
    notification_language: 'en',
    recipients: [{ email: 'bob@ext.example', first_name: 'Bob', last_name: 'B' }],
  };
}

/** One file part of a multipart form, as four of the published clients write it. */
export function multipart(
  content: string,
  filename = 'contract.pdf',
  part = 'file',
): { body: string; headers: OutgoingHttpHeaders } {
  const body =
    `--B\r\nContent-Disposition: form-data; name="${part}"; filename="${filename}"\r\n` +
    `Content-Type: application/pdf\r\n\r\n${content}\r\n--B--\r\n`;
  return { body, headers: { 'Content-Type': 'multipart/form-data; boundary=B' } };
}

/** The guid of a file uploaded to this URL. */
export async function upload(wire: Wire, url: string, content: string, filename?: string): Promise<string> {
  return textAt(
    ok(await wire.call('POST', url, multipart(content, filename))),
    'temporary_document',
    'document_guid',
  );
}

/** Asserts success, and that the body is JSON. */
export function ok(answer: WireAnswer): unknown {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  return answer.json;
}

/** Asserts a refusal, status and body. */
export function refused(answer: WireAnswer, status: number, body: unknown): void {
  assert.deepEqual({ status: answer.status, body: answer.json }, { status, body });
}

/** Asserts that these attributes were found wrong. */
export function incorrect(answer: WireAnswer, attributes: Record<string, string[]>): void {
  refused(answer, 400, { error: INCORRECT, attributes });
}

/** What stands at this place of a JSON value; undefined when there is nothing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return Object.entries(inner).find(([key]) => key === String(step))?.[1];
  }, value);
}

export function keysOf(value: unknown): string[] {
  assert.ok(typeof value === 'object' && value !== null, `no object: ${JSON.stringify(value)}`);
  return Object.keys(value);
}

export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  assert.ok(typeof found === 'string', `no text at ${path.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  assert.ok(Array.isArray(found), `no list at ${path.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

export interface World {
  readonly simulator: Simulator<SafeboxControl>;
  readonly control: SafeboxControl;
  readonly clock: ManualClock;
  /** Ada's. */
  readonly wire: Wire;
  /** Without a token. */
  readonly anonymous: Wire;
  /** With the enterprise access token. */
  readonly enterprise: Wire;
  withToken(token: string): Wire;
  signIn(credentials: object): Promise<Wire>;
}

/** A simulator whose time stands still, and a client signed in as Ada. */
export async function startWorld(test: Teardown, options: Partial<SimulatorOptions> = {}): Promise<World> {
  const clock = new ManualClock();
  const dir = options.dir ?? (await temporaryDirectory(test));
  const simulator = await startSimulator(test, safeboxSimulator, { clock, ...options, dir });
  const agent = new Agent({ keepAlive: true });
  test.after(async () => agent.destroy());
  const withToken = (token: string | undefined): Wire => new Wire(simulator.url, agent, token);
  const anonymous = withToken(undefined);
  const signIn = async (credentials: object): Promise<Wire> =>
    withToken(textAt(ok(await anonymous.post('/api/user_token', { ...DEVICE, ...credentials })), 'token'));
  return {
    simulator,
    control: simulator.control,
    clock,
    wire: await signIn(ADA),
    anonymous,
    enterprise: withToken(simulator.environment['SAFEBOX_API_TOKEN']),
    withToken,
    signIn,
  };
}

async function exchange(
  agent: Agent,
  method: string,
  url: string,
  { body, headers }: CallOptions,
): Promise<WireAnswer> {
  const isPlain = body === undefined || typeof body === 'string' || body instanceof Buffer;
  const source = isPlain || body instanceof Readable ? body : JSON.stringify(body);
  const json = source === body ? {} : { 'Content-Type': 'application/json' };
  const length = typeof source === 'string' ? { 'Content-Length': Buffer.byteLength(source) } : {};
  // The target goes out as it was written; URL would tidy it up.
  const { hostname, port } = new URL(url);
  const path = url.replace(/^http:\/\/[^/]+/, '');
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        method,
        hostname,
        port,
        path,
        headers: { ...json, ...length, ...headers },
        timeout: SAFETY_TIMEOUT_MS,
      },
      (response) => {
        response
          .toArray()
          .then((chunks: Buffer[]) => {
            const bytes = Buffer.concat(chunks);
            const text = bytes.toString('utf8');
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              bytes,
              text,
              json: parse(text),
            });
          })
          .catch(reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    if (source instanceof Readable) pipeline(source, sent).catch(reject);
    else sent.end(source);
  });
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
