// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { safebox } from '../../../subgraphs/safebox.js';
import { ticketRoute } from '../../../src/subgraph/tickets/route.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import type { SafeboxControl } from '../../../src/simulators/safebox/control.js';
import { safeboxSimulator } from '../../../src/simulators/safebox/simulator.js';
import type { RecordStore } from '../../../src/store/record-store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import type { SubgraphUnderTest, TestCaller } from '../../support/open-subgraph.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

/** The SafeBoxes that are there from the start. */
export const SEEDED = {
  open: '0a11ce00000000000000000000000001',
  keyRequired: '0a11ce00000000000000000000000002',
  closed: '0a11ce00000000000000000000000003',
  contentDeleted: '0a11ce00000000000000000000000004',
  shared: '0a11ce00000000000000000000000005',
};

export const ADA = { username: 'ada', password: 'ada-demo-password' };
export const OTTO = { username: 'otto', password: 'otto-demo-password', oneTimePassword: '000000' };

export const SIGN_IN = /* GraphQL */ `
  mutation ($input: SignInToSafeBoxInput!) {
    signInToSafeBox(input: $input) {
      session {
        account
        userId
        username
      }
      problem {
        code
        path
        provider
        providerCode
      }
    }
  }
`;

/** Data whose shape the test's own document decides. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every test asserts what it reads
export type Answer = Record<string, any>;

export interface SafeboxUnderTest extends SubgraphUnderTest {
  readonly simulator: Simulator<SafeboxControl>;
  /** Where tickets are redeemed, without a slash at the end. */
  readonly filesUrl: string;
  /** Runs a document that must succeed. */
  ask<Data = Answer>(
    document: string,
    variables?: Record<string, unknown>,
    caller?: TestCaller,
  ): Promise<Data>;
  signIn(input?: Record<string, unknown>, caller?: TestCaller): Promise<void>;
}

/** The subgraph against its simulator, both on one clock that stands still; guests move only when told to. */
export async function openSafebox(
  test: Teardown,
  {
    environment = {},
    through,
  }: { environment?: Record<string, string>; through?: (records: RecordStore) => RecordStore } = {},
): Promise<SafeboxUnderTest> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, safeboxSimulator, {
    clock,
    stepMs: 0,
    dir: await temporaryDirectory(test),
  });
  const subgraph = await openSubgraph(test, {
    module: safebox,
    environment: { ...simulator.environment, ...environment },
    clock,
    ...(through && { through }),
  });
  const { tickets, logger } = subgraph;
  const route = ticketRoute({ tickets, logger, corsOrigins: ['https://app.example'] });
  const server = createServer((request, response) => {
    if (!route(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const ask = async <Data = Answer>(
    document: string,
    variables = {},
    caller: TestCaller = {},
  ): Promise<Data> => {
    const { data, errors } = await subgraph.run<Data>(document, variables, caller);
    assert.deepEqual(errors, undefined);
    return data;
  };
  return {
    ...subgraph,
    simulator,
    filesUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ask,
    async signIn(input = ADA, caller = {}) {
      const { signInToSafeBox } = await ask<Answer>(SIGN_IN, { input }, caller);
      assert.equal(signInToSafeBox.problem, null);
    },
  };
}

/** A list in an answer. */
export function listOf(value: unknown): Answer[] {
  assert(Array.isArray(value));
  return value;
}
