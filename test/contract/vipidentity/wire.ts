import assert from 'node:assert/strict';
import { Agent, request, type RequestOptions } from 'node:https';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Simulator, SimulatorOptions } from '../../../src/simulators/kit/simulator.js';
import type { VipidentityControl } from '../../../src/simulators/vipidentity/control.js';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { startSimulator, type Teardown } from '../../support/simulators.js';

const SAFETY_TIMEOUT_MS = 20_000;

export const NAMESPACE = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';
export const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';

export type ServiceName = 'Authentication' | 'Management' | 'Query';

const OPERATIONS: Readonly<Record<ServiceName, readonly string[]>> = {
  Authentication: [
    'authenticateUser',
    'checkOtp',
    'authenticateUserWithPush',
    'authenticateCredentials',
    'evaluateRisk',
    'confirmRisk',
    'denyRisk',
  ],
  Management: [
    'createUser',
    'updateUser',
    'deleteUser',
    'clearUserPin',
    'addCredential',
    'removeCredential',
    'updateCredential',
    'register',
    'sendOtp',
    'setTemporaryPassword',
    'setTemporaryPasswordAttributes',
    'clearTemporaryPassword',
  ],
  Query: [
    'getServerTime',
    'getUserInfo',
    'getCredentialInfo',
    'getTemporaryPasswordAttributes',
    'pollPushStatus',
  ],
};

/** Every operation and the service it belongs to. */
export const SERVICE_OF: ReadonlyMap<string, ServiceName> = new Map(
  (['Authentication', 'Management', 'Query'] as const).flatMap((service) =>
    OPERATIONS[service].map((operation) => [operation, service] as const),
  ),
);

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface AskOptions {
  readonly version?: 7 | 8;
  readonly onBehalfOf?: string;
  readonly requestId?: string;
}

/** Sends raw messages with one client certificate, as a vendor's client would. */
export class Wire {
  constructor(
    private readonly url: string,
    private readonly agent: Agent,
  ) {}

  /** One HTTP request. */
  async http(
    method: string,
    path: string,
    options: { headers?: OutgoingHttpHeaders; body?: string | Buffer } = {},
  ): Promise<WireAnswer> {
    const { hostname, port } = new URL(this.url);
    const { headers = {}, body } = options;
    return exchange({ method, hostname, port, path, headers, agent: this.agent }, body);
  }

  /** Posts an envelope to a service. */
  post(service: ServiceName, body: string | Buffer, headers: OutgoingHttpHeaders = {}, version = 7) {
    const usual = { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' };
    return this.http('POST', pathOf(service, version), { headers: { ...usual, ...headers }, body });
  }

  /**
   * Calls an operation and gives back what its response element holds after the request id. Everything around it is
   * asserted: HTTP status and headers, envelope, namespace, element name, echo of the request id.
   */
  async ask(operation: string, content: string, options: AskOptions = {}): Promise<string> {
    const service = SERVICE_OF.get(operation);
    assert.ok(service, operation);
    const { version = 7, requestId = 'test_0001', onBehalfOf } = options;
    const behalf = onBehalfOf === undefined ? '' : `<onBehalfOfAccountId>${onBehalfOf}</onBehalfOfAccountId>`;
    const element = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    const message = `<${element}Request xmlns="${NAMESPACE}"><requestId>${requestId}</requestId>${behalf}${content}</${element}Request>`;
    const answer = await this.post(service, envelope(message), {}, version);
    return contentOf(answer, `${element}Response`, requestId);
  }
}

export function pathOf(service: ServiceName, version = 7): string {
  return `/vipuserservices/${service}Service_1_${version}`;
}

export function envelope(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP_NAMESPACE}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** What a response element holds after its request id; the frame around it must be the recorded one to the letter. */
export function contentOf(answer: WireAnswer, element: string, requestId: string): string {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers['content-type'], 'text/xml;charset=utf-8');
  const before =
    `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="${SOAP_NAMESPACE}"><S:Body>` +
    `<${element} xmlns="${NAMESPACE}"><requestId>${requestId}</requestId>`;
  const after = `</${element}></S:Body></S:Envelope>`;
  assert.ok(answer.text.startsWith(before) && answer.text.endsWith(after), answer.text);
  return answer.text.slice(before.length, -after.length);
}

/** The elements of an outcome. */
export function outcome(code: string, message: string, detail?: string, detailMessage?: string): string {
  const finer =
    detail === undefined
      ? ''
      : `<detail>${detail}</detail><detailMessage>${detailMessage ?? ''}</detailMessage>`;
  return `<status>${code}</status><statusMessage>${message}</statusMessage>${finer}`;
}

export const SUCCESS = outcome('0000', 'Success');
export const UNKNOWN_USER = outcome('6003', 'User does not exist.');
export const INVALID = outcome('600B', 'Schema validation failed.');
export const WRONG_CODE = outcome('6009', 'Authentication failed.', '49B5', 'Failed with an invalid OTP');
export const PUSH_SENT = outcome('6040', 'Mobile push request sent');
export const WRONG_USER_STATUS = outcome('601B', 'Operation not allowed in current user status.');

/** The code of the first status in an answer. */
export function statusOf(content: string): string | undefined {
  return field(content, 'status');
}

/** The text of the first element of this name. */
export function field(content: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(content)?.[1];
}

/** The texts of all elements of this name. */
export function fields(content: string, name: string): string[] {
  return [...content.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text ?? '');
}

/** An element that names a user, whatever the id holds. */
export function userId(id: string): string {
  return `<userId>${id.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</userId>`;
}

export function credential(id: string, type = 'STANDARD_OTP'): string {
  return `<credentialId>${id}</credentialId><credentialType>${type}</credentialType>`;
}

export function otp(code: string, next?: string): string {
  const second = next === undefined ? '' : `<otp2>${next}</otp2>`;
  return `<otpAuthData><otp>${code}</otp>${second}</otpAuthData>`;
}

export interface World {
  readonly simulator: Simulator<VipidentityControl>;
  readonly control: VipidentityControl;
  readonly clock: ManualClock;
  /** The main account's. */
  readonly wire: Wire;
  /** A connection pool with another certificate, or with none. */
  connect(label?: string): Promise<Wire>;
}

/** A simulator whose time stands still, and a client that holds the main account's certificate. */
export async function startWorld(test: Teardown, options: Partial<SimulatorOptions> = {}): Promise<World> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, vipidentitySimulator, { clock, ...options });
  const connect = async (label?: string): Promise<Wire> => {
    const { files, environment } = simulator;
    const ca = await readFile(files['ca'] ?? '', 'utf8');
    const pem = label === undefined ? undefined : await readFile(files[label] ?? '', 'utf8');
    const identity =
      pem === undefined ? {} : { cert: pem, key: pem, passphrase: environment['VIP_KEY_PASSPHRASE'] };
    const agent = new Agent({ keepAlive: true, ca, ...identity });
    test.after(async () => agent.destroy());
    return new Wire(simulator.url, agent);
  };
  return { simulator, control: simulator.control, clock, wire: await connect('main'), connect };
}

function exchange(options: RequestOptions, body: string | Buffer | undefined): Promise<WireAnswer> {
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
