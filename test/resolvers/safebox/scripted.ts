// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { safebox } from '../../../subgraphs/safebox.js';
import { bodyOf, startServer } from '../../support/http-server.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import type { SubgraphUnderTest, TestCaller } from '../../support/open-subgraph.js';
import type { Teardown } from '../../support/simulators.js';
import { ADA, SIGN_IN } from './open.js';
import type { Answer } from './open.js';

/** One call of the API as a scripted provider sees it. */
export interface Call {
  /** `GET /safeboxes/1`, without version and query. */
  readonly line: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface ScriptedSafebox extends SubgraphUnderTest {
  /** What the API was asked, without hosts and tokens. */
  readonly calls: Call[];
  ask(document: string, variables?: Record<string, unknown>, caller?: TestCaller): Promise<Answer>;
  signIn(caller?: TestCaller): Promise<void>;
}

/** A refusal with a body. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {}
}

/**
 * The subgraph against a provider that answers what a test makes up: JSON, a status, or both. Each sign-in gets a new
 * token.
 */
export async function openScripted(
  t: Teardown,
  answer: (call: Call) => object | number | Promise<object | number>,
): Promise<ScriptedSafebox> {
  const calls: Call[] = [];
  let tokens = 0;
  const reply = async (url: string, call: Call): Promise<string | object | number> => {
    if (url.startsWith('/services/')) return `${server.url}/`;
    if (url === '/api/user_token') return { result: true, token: `USER|${++tokens}`, user_id: 123 };
    calls.push(call);
    return answer(call);
  };
  const server = await startServer(t, (request, response) => {
    void bodyOf(request).then(async (body) => {
      const { method = '', url = '', headers } = request;
      const line = `${method} ${url.replace(/^\/api\/v2/, '').replace(/\?.*$/, '')}`;
      const said = await reply(url, { line, headers, body });
      const text = typeof said === 'object' ? JSON.stringify(said) : said;
      if (said instanceof Refusal) response.writeHead(said.status).end(JSON.stringify(said.body));
      else if (typeof text === 'number') response.writeHead(text).end('{}');
      else response.end(text);
    });
  });
  const environment = { SAFEBOX_URL: server.url, SAFEBOX_ENTERPRISE_ACCOUNT: 'acme' };
  const subgraph = await openSubgraph(t, { module: safebox, environment });
  const ask = async (document: string, variables = {}, caller: TestCaller = {}): Promise<Answer> => {
    const { data, errors } = await subgraph.run<Answer>(document, variables, caller);
    assert.deepEqual(errors, undefined);
    return data;
  };
  return {
    ...subgraph,
    calls,
    ask,
    async signIn(caller = {}) {
      const { signInToSafeBox } = await ask(SIGN_IN, { input: ADA }, caller);
      assert.equal(signInToSafeBox.problem, null);
    },
  };
}
