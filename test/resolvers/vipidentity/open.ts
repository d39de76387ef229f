import 'reflect-metadata';
import assert from 'node:assert/strict';
import { vipidentity } from '../../../subgraphs/vipidentity.js';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import type { VipidentityControl } from '../../../src/simulators/vipidentity/control.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import type { Environment } from '../../../src/config/index.js';
import { ManualClock } from '../../support/manual-clock.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import type { SubgraphUnderTest, TestCaller } from '../../support/open-subgraph.js';
import { startSimulator } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

export const ANA = 'ana+approve@example.com';
export const CID = 'cid+pending@example.com';
export const GINA = 'gina@example.com';

export interface Answer {
  readonly outcome: {
    readonly status: string;
    readonly providerStatus: string;
    readonly detail: string | null;
  } | null;
  readonly problem: {
    readonly code: string;
    readonly providerCode: string | null;
    readonly path: string[] | null;
  } | null;
  readonly [field: string]: unknown;
}

export interface VipUnderTest extends SubgraphUnderTest {
  readonly simulator: Simulator<VipidentityControl>;
  /** Runs a mutation of one input and answers its payload: outcome, problem and `fields`. */
  command(
    name: string,
    input: Record<string, unknown>,
    fields?: string,
    caller?: TestCaller,
  ): Promise<Answer>;
  /** The same where it must be done. */
  done(name: string, input: Record<string, unknown>, fields?: string, caller?: TestCaller): Promise<Answer>;
}

/** The subgraph against its simulator, both on one clock that stands still; its endpoints end in `_1_7` unless told. */
export async function openVip(
  test: Teardown,
  { ending = '_1_7', settings = {} }: { ending?: string; settings?: Environment } = {},
): Promise<VipUnderTest> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, vipidentitySimulator, { clock });
  const environment = Object.fromEntries(
    Object.entries(simulator.environment).map(([name, value]) => [name, value.replace(/_1_7$/, ending)]),
  );
  const subgraph = await openSubgraph(test, {
    module: vipidentity,
    environment: { ...environment, ...settings },
    clock,
  });
  const command: VipUnderTest['command'] = async (name, input, fields = '', caller = {}) => {
    const type = inputTypeOf(name);
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { outcome { status providerStatus detail } problem { code providerCode path } ${fields} } }`;
    const { data, errors } = await subgraph.run<Record<string, Answer>>(document, { input }, caller);
    assert.deepEqual(errors, undefined);
    const answer = data[name];
    assert(answer);
    return answer;
  };
  return {
    ...subgraph,
    simulator,
    command,
    async done(...request) {
      const answer = await command(...request);
      assert.equal(answer.problem, null);
      return answer;
    },
  };
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  deleteVipUser: 'VipUserIdInput',
  clearVipUserPin: 'VipUserIdInput',
  clearVipTemporaryPassword: 'VipUserIdInput',
  pushVipUserAndWait: 'PushVipUserInput',
};

function inputTypeOf(name: string): string {
  return INPUT_TYPES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
}
