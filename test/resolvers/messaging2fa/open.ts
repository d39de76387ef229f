import assert from 'node:assert/strict';
import { subgraphs } from '../../../subgraphs/index.js';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import type { Messaging2faControl } from '../../../src/simulators/messaging2fa/control.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import type { OpenSubgraphOptions, SubgraphUnderTest, TestCaller } from '../../support/open-subgraph.js';
import { startSimulator } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

export const SEND = /* GraphQL */ `
  mutation ($input: SendTwoFactorMessageInput!) {
    sendTwoFactorMessage(input: $input) {
      twoFactorMessage {
        id
        messageId
        type
        subject
        body
        secureId
        state
        outcome
        expiresAt
        recipients {
          userId
          status
          isFinal
        }
      }
      problem {
        code
        message
        path
        isRetryable
        provider
        providerCode
      }
    }
  }
`;

export interface Messaging2faUnderTest extends SubgraphUnderTest {
  readonly simulator: Simulator<Messaging2faControl>;
  /** Sends a message that is accepted and answers its id. */
  send(input?: Record<string, unknown>, caller?: TestCaller): Promise<string>;
}

/** The subgraph against its simulator, both on one clock that stands still; phones move only when told to. */
export async function openMessaging2fa(
  test: Teardown,
  options: {
    stepMs?: number;
    retentionMs?: number;
    polls?: boolean;
    settings?: Readonly<Record<string, string>>;
  } & Pick<OpenSubgraphOptions, 'through' | 'throughWatches'> = {},
): Promise<Messaging2faUnderTest> {
  const { retentionMs, polls = true, settings, stepMs = 0, ...between } = options;
  const clock = new ManualClock();
  const simulator = await startSimulator(test, messaging2faSimulator, { clock, stepMs });
  const module = subgraphs.find(({ name }) => name === 'messaging2fa');
  assert(module);
  const subgraph = await openSubgraph(test, {
    module,
    environment: { ...simulator.environment, ...settings },
    clock,
    polls,
    ...between,
    ...(retentionMs === undefined ? {} : { retentionMs }),
  });
  return {
    ...subgraph,
    simulator,
    async send(input = {}, caller = {}) {
      const variables = { input: { recipients: ['bela@example.test'], ...input } };
      const { data, errors } = await subgraph.run<Sent>(SEND, variables, caller);
      assert.deepEqual(errors, undefined);
      assert.equal(data.sendTwoFactorMessage.problem, null);
      return data.sendTwoFactorMessage.twoFactorMessage.messageId;
    },
  };
}

interface Sent {
  readonly sendTwoFactorMessage: {
    readonly twoFactorMessage: { readonly messageId: string };
    readonly problem: unknown;
  };
}
