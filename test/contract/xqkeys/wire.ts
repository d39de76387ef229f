import assert from 'node:assert/strict';
import { Client } from 'undici';
import type { Simulator, SimulatorOptions } from '../../../src/simulators/kit/simulator.js';
import type { XQKeysControl } from '../../../src/simulators/xqkeys/control.js';
import { xqkeysSimulator } from '../../../src/simulators/xqkeys/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { startSimulator, type Teardown } from '../../support/simulators.js';

export const GENERAL_KEY = '11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222';
export const DASHBOARD_KEY = '33333333-3333-4333-8333-333333333333-44444444-4444-4444-8444-444444444444';

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface CallOptions {
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

/** Sends raw requests with one bearer, as a published client would. */
export class Wire {
  constructor(
    private readonly client: Client,
    readonly token: string,
  ) {}

  /** @param target put on the wire as it is; without a service in front, the caller names a host. */
  async call(method: string, target: string, { body, headers }: CallOptions = {}): Promise<WireAnswer> {
    const response = await this.client.request({
      method,
      path: target,
      body: body === undefined || typeof body === 'string' ? (body ?? null) : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'api-key': target.startsWith('/dashboard') ? DASHBOARD_KEY : GENERAL_KEY,
        ...headers,
      },
    });
    const text = await response.body.text();
    return { status: response.statusCode, type: String(response.headers['content-type'] ?? ''), text };
  }

  get(target: string): Promise<WireAnswer> {
    return this.call('GET', target);
  }

  post(target: string, body: object | string): Promise<WireAnswer> {
    return this.call('POST', target, { body });
  }

  /** The locator of a new key. */
  async store(fields: object = {}): Promise<string> {
    const packet = { recipients: ['bo@example.com'], expires: 24, key: '.1secret', type: 2, ...fields };
    return textOf(await this.post('/subscription/v2/packet/add', packet));
  }

  key(locator: string): Promise<WireAnswer> {
    return this.get(`/validation/v2/key/${locator}`);
  }

  expiration(locator: string): Promise<WireAnswer> {
    return this.get(`/validation/v2/expiration/${locator}`);
  }
}

/** The body of a text answer that has to be a success. */
export function textOf(answer: WireAnswer): string {
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.type, /^text\/plain/);
  return answer.text;
}

/** The members of a JSON success, each of which says OK. */
export function jsonOf(answer: WireAnswer): Record<string, unknown> {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.type, 'application/json; charset=utf-8');
  const { status, ...members } = JSON.parse(answer.text);
  assert.equal(status, 'OK');
  return members;
}

/** Asserts a success without a body. */
export function empty(answer: WireAnswer): void {
  assert.deepEqual([answer.status, answer.text], [204, '']);
}

/** Asserts a refusal: one sentence in compact JSON. */
export function refused(answer: WireAnswer, status: number, reason?: string): void {
  assert.equal(answer.status, status, answer.text);
  const { status: said, ...rest } = JSON.parse(answer.text);
  assert.deepEqual(rest, {});
  assert.equal(answer.text, JSON.stringify({ status: reason ?? said }));
  assert.ok(typeof said === 'string' && said !== '' && said !== 'OK');
}

/** The claims of a JWT. */
export function claimsOf(token: string): { sub: string; iss: string; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

export interface World {
  readonly simulator: Simulator<XQKeysControl>;
  readonly control: XQKeysControl;
  readonly clock: ManualClock;
  /** With the bearer that the published client has before sign-in. */
  readonly anonymous: Wire;
  withToken(token: string): Wire;
  /** A person with an access token. */
  person(user?: string): Promise<Wire>;
  alias(name: string): Promise<Wire>;
  /** The dashboard of a person. */
  dashboard(user?: string): Promise<Wire>;
}

/** A simulator whose time stands still. */
export async function startWorld(test: Teardown, options: Partial<SimulatorOptions> = {}): Promise<World> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, xqkeysSimulator, { clock, ...options });
  const client = new Client(simulator.url);
  test.after(() => client.destroy());
  const withToken = (token: string): Wire => new Wire(client, token);
  const anonymous = withToken('xyz123');
  const person = async (user = 'ana@example.com'): Promise<Wire> => {
    const preAuth = withToken(textOf(await anonymous.post('/subscription/v2/authorize', { user })));
    empty(await preAuth.get('/subscription/v2/codevalidation?pin=123456'));
    return withToken(textOf(await preAuth.get('/subscription/v2/exchange')));
  };
  return {
    simulator,
    control: simulator.control,
    clock,
    anonymous,
    withToken,
    person,
    alias: async (user) =>
      withToken(textOf(await anonymous.post('/subscription/v2/authorizealias', { user }))),
    dashboard: async (user) =>
      withToken(textOf(await (await person(user)).get('/dashboard/v2/login/verify?request=sub'))),
  };
}
