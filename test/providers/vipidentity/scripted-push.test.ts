import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmbedded } from '../../../src/live/embedded/open-embedded.js';
import { createLive } from '../../../src/live/engine.js';
import { openPush, pushWatch } from '../../../src/providers/vipidentity/push-watch.js';
import type { PushState } from '../../../src/providers/vipidentity/push-watch.js';
import { memoryLogger } from '../../support/memory-logger.js';
import { providerCallsEnded } from '../../support/provider-calls.js';
import type { Teardown } from '../../support/simulators.js';
import { answerTo, openRawVip } from './raw.js';

const ID = 'abcd1234';
const item = (status: string, more = ''): string =>
  `<transactionStatus><transactionId>${ID}</transactionId><status>${status}</status>${more}</transactionStatus>`;

/** What the provider answers to one read after the other, the last for ever; and what is told of the push in the end. */
interface Row {
  readonly what: string;
  readonly answers: readonly string[];
  readonly ends: string;
}

const rows: readonly Row[] = [
  {
    what: 'not found, then approved',
    answers: [item('7001'), item('7005'), item('7000'), item('7005')],
    ends: '7000',
  },
  { what: 'approved, then not found', answers: [item('7000'), item('7005')], ends: '7000' },
  { what: 'denied, then approved', answers: [item('7001'), item('7002'), item('7000')], ends: '7002' },
  {
    what: 'denied and approved in one answer, then denied',
    answers: [item('7002') + item('7000'), item('7000') + item('7002'), item('7002')],
    ends: '7002',
  },
  {
    what: 'approved twice in one answer, then expired',
    answers: [item('7000') + item('7000'), item('7004')],
    ends: '7004',
  },
  {
    what: 'another push approved, then this one denied',
    answers: [item('7000').replace(ID, 'ffff0000'), item('7002')],
    ends: '7002',
  },
  { what: 'no status, then approved', answers: [item(''), item('70000'), '', item('7000')], ends: '7000' },
];

for (const { what, answers, ends } of rows)
  test(`a push of which is said: ${what}, ends as ${ends}`, async (t) => {
    const { latest, told } = await scripted(t, answers);
    assert.deepEqual([(await latest())?.state.status, (await latest())?.endReason], [ends, 'FINISHED']);
    assert.deepEqual(
      told().filter((status) => status !== '7001' && status !== '7005'),
      [ends],
    );
  });

const BROKEN = {
  authnTime: ['', 'yesterday', '<a>1</a>'],
  credentialId: ['<a>1</a>'],
  credentialType: ['<a>1</a>'],
  isPinExpired: ['', 'TRUE', '<a>1</a>'],
  pinExpirationTime: ['', 'never', '<a>1</a>'],
  deviceInfo: ['', 'x', '<Key>os</Key>', '<Value>1</Value>'],
  detail: ['', 'x', '<a>1</a>'],
} as const;

for (const [part, texts] of Object.entries(BROKEN))
  test(`an approval whose ${part} is broken is one, and tells nothing for that`, async (t) => {
    for (const text of texts) {
      const { latest } = await scripted(t, [item('7000', `<${part}>${text}</${part}>`)]);
      const event = await latest();
      assert.deepEqual([event?.state.status, event?.endReason], ['7000', 'FINISHED'], text);
      assert.doesNotMatch(JSON.stringify(event?.state), /yesterday|never|TRUE/);
    }
  });

/** A push that is followed, asked for on the wire. */
async function scripted(t: Teardown, answers: readonly string[]) {
  let asked = 0;
  const { client, clock } = await openRawVip(t, (question) =>
    answerTo(question, answers[Math.min(asked++, answers.length - 1)] ?? ''),
  );
  const logger = memoryLogger();
  const embedded = openEmbedded({ path: ':memory:', clock, logger });
  const live = createLive({ ...embedded, clock, logger, random: () => 0.5 });
  t.after(async () => {
    await live.close();
    await embedded.close();
  });
  live.register(pushWatch, client);
  const { id } = await live.watch({
    kind: pushWatch,
    owner: { tenant: 'acme', subject: 'anna' },
    key: { transactionId: ID, onBehalfOfAccountId: null },
    deadlineAt: clock.now() + 600_000,
    first: { state: openPush(), source: 'COMMAND' },
  });
  const seen: string[] = [];
  void (async () => {
    for await (const { event } of await live.subscribe<PushState>(id)) seen.push(event.state.status);
  })();
  await live.startPolling(['vipidentity']);
  return {
    told: () => seen,
    async latest() {
      for (let step = 0; step < 300; step++) {
        await clock.advance(500);
        await providerCallsEnded();
        const event = await live.current<PushState>(id);
        if (event?.terminal) return event;
      }
      return live.current<PushState>(id);
    },
  };
}
