import assert from 'node:assert/strict';
import { Agent, request, type AgentOptions, type RequestOptions } from 'node:https';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import type { Messaging2faControl } from '../../../src/simulators/messaging2fa/control.js';
import type { Simulator, SimulatorOptions } from '../../../src/simulators/kit/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { startSimulator, type Teardown } from '../../support/simulators.js';

const SAFETY_TIMEOUT_MS = 20_000;

const sessionInfoSchema = z.strictObject({
  messageId: z.string().min(1),
  expirationDate: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  recipients: z.array(z.strictObject({ userId: z.string(), status: z.string() })),
  secureId: z.string().regex(/^[A-Za-z0-9]{6}$/),
});

/** The answer to send, track and cancel. */
export type SessionInfo = z.infer<typeof sessionInfoSchema>;

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const VERSION_1 = { 'X-PBM-API-VERSION': '1' };

const businessErrorSchema = z.strictObject({ code: z.string(), message: z.string().min(1) });

/** Sends raw requests with one client certificate, as a vendor's client would. */
export class Wire {
  constructor(
    private readonly url: string,
    readonly agent: Agent,
  ) {}

  /** @param path is put on the wire as it is; @param options.headers replace the API version 1. */
  async call(
    method: string,
    path: string,
    options: { headers?: OutgoingHttpHeaders; body?: string } = {},
  ): Promise<WireAnswer> {
    const { hostname, port } = new URL(this.url);
    const headers = options.headers ?? VERSION_1;
    return exchange({ method, hostname, port, path, headers, agent: this.agent }, options.body);
  }

  post(body: unknown, headers: OutgoingHttpHeaders = VERSION_1): Promise<WireAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const ofBody = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    return this.call('POST', '/frontend/messages', { headers: { ...ofBody, ...headers }, body: text });
  }

  /** Sends an authorization to these recipients, valid five minutes unless said otherwise. */
  async send(recipients: readonly string[], other: object = {}): Promise<SessionInfo> {
    return sessionInfo(await this.post({ ...SEND, recipients, ...other }));
  }

  async track(messageId: string): Promise<SessionInfo> {
    return sessionInfo(await this.call('GET', `/frontend/messages/${messageId}`));
  }

  async cancel(messageId: string): Promise<SessionInfo> {
    return sessionInfo(await this.call('DELETE', `/frontend/messages/${messageId}`));
  }
}

/** A send as the published clients make it, except for its recipients. */
export const SEND = {
  recipients: ['anna@example.test'],
  subject: 'Payment 4711',
  body: 'Approve 120 EUR to ACME?',
  availability: 300,
  type: 'authorization',
  callbackUrl: null,
};

/** Asserts a successful answer of the exact documented form. */
export function sessionInfo(answer: WireAnswer): SessionInfo {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  return sessionInfoSchema.parse(JSON.parse(answer.text));
}

/** Asserts a business error of the exact documented form, and this code. */
export function assertBusinessError(answer: WireAnswer, code: string): void {
  assert.equal(answer.status, 420, answer.text);
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(businessErrorSchema.parse(JSON.parse(answer.text)).code, code);
}

/** The statuses of an answer, in its order. */
export function statuses(info: SessionInfo): string[] {
  return info.recipients.map(({ status }) => status);
}

export interface World {
  readonly simulator: Simulator<Messaging2faControl>;
  readonly control: Messaging2faControl;
  readonly clock: ManualClock;
  /** App A's. */
  readonly wire: Wire;
  /** A connection pool with another certificate, or with none. */
  connect(label?: string, tls?: AgentOptions): Promise<Wire>;
}

/** A simulator whose time stands still, and a client that holds app A's certificate. */
export async function startWorld(test: Teardown, options: Partial<SimulatorOptions> = {}): Promise<World> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, messaging2faSimulator, { clock, ...options });
  const connect = async (label?: string, tls: AgentOptions = {}): Promise<Wire> => {
    const { files, environment } = simulator;
    const pem = label === undefined ? undefined : await readFile(files[label] ?? '', 'utf8');
    const agent = new Agent({
      keepAlive: true,
      ca: await readFile(files['ca'] ?? '', 'utf8'),
      ...(pem === undefined
        ? {}
        : { cert: pem, key: pem, passphrase: environment['MESSAGING2FA_KEY_PASSPHRASE'] }),
      ...tls,
    });
    test.after(async () => agent.destroy());
    return new Wire(simulator.url, agent);
  };
  return { simulator, control: simulator.control, clock, wire: await connect('app-a'), connect };
}

function exchange(options: RequestOptions, body: string | undefined): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, timeout: SAFETY_TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(body);
  });
}
