// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { guardcrypto } from '../../../subgraphs/guardcrypto.js';
import type { GuardCryptoControl } from '../../../src/simulators/guardcrypto/control.js';
import { guardCryptoSimulator } from '../../../src/simulators/guardcrypto/simulator.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import type { SubgraphUnderTest, TestCaller } from '../../support/open-subgraph.js';
import { startSimulator } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

/** Data whose shape the test's own document decides. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every test asserts what it reads
export type Answer = Record<string, any>;

export interface GuardUnderTest extends SubgraphUnderTest {
  readonly simulator: Simulator<GuardCryptoControl>;
  /** Runs a document that must succeed. */
  ask(document: string, variables?: Record<string, unknown>, caller?: TestCaller): Promise<Answer>;
  /** Runs a mutation and answers its payload: problem and `fields`. */
  command(
    name: string,
    input: Record<string, unknown>,
    fields?: string,
    caller?: TestCaller,
  ): Promise<Answer>;
  /** The same where it must be done. */
  done(name: string, input: Record<string, unknown>, fields?: string, caller?: TestCaller): Promise<Answer>;
  /** Signs in one of the seeded users. */
  signIn(localPart: string, caller?: TestCaller): Promise<void>;
}

/** Password of the seeded PGP keys. */
export const KEY_PASSWORD = 'key-pw';

/** A list in an answer. */
export function listOf(value: unknown): Answer[] {
  assert(Array.isArray(value));
  return value;
}

/** A pattern for the beginning of a secret, to look for where it must not be. */
export function beginningOf(secret: string): RegExp {
  return new RegExp(secret.slice(0, 16).replace(/\W/g, '.'));
}

/** Inputs that are not called like their mutation. */
const INPUT_TYPES: Readonly<Record<string, string>> = {
  openGuardPrivateKeyRing: 'GuardPrivateKeyInput',
  downloadGuardPrivateKey: 'GuardPrivateKeyInput',
};

/** The subgraph against its simulator, both on one clock that stands still; new keys are of the sort that is found quickly. */
export async function openGuard(
  test: Teardown,
  { environment = {} }: { environment?: Record<string, string> } = {},
): Promise<GuardUnderTest> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, guardCryptoSimulator, { clock });
  await simulator.control.setNewKeyAlgorithm({ algorithm: 'ecc' });
  const subgraph = await openSubgraph(test, {
    module: guardcrypto,
    environment: { ...simulator.environment, ...environment },
    clock,
  });
  const ask: GuardUnderTest['ask'] = async (document, variables = {}, caller = {}) => {
    const { data, errors } = await subgraph.run<Answer>(document, variables, caller);
    assert.deepEqual(errors, undefined);
    return data;
  };
  const command: GuardUnderTest['command'] = async (name, input, fields = '', caller = {}) => {
    const type = INPUT_TYPES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { problem { code path provider providerCode message } ${fields} } }`;
    return (await ask(document, { input }, caller))[name] as Answer;
  };
  const done: GuardUnderTest['done'] = async (...request) => {
    const answer = await command(...request);
    assert.equal(answer['problem'], null);
    return answer;
  };
  return {
    ...subgraph,
    simulator,
    ask,
    command,
    done,
    async signIn(localPart, caller = {}) {
      const input = { username: `${localPart}@example.com`, password: 'appsuite-pw' };
      await done('signInToGuard', input, 'session { username userId contextId }', caller);
    },
  };
}
