import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subgraphs } from '../../subgraphs/index.js';
import type { RingKind } from '../../src/subgraph/rings.js';
import { EFFECTS, WITHOUT_KEY } from './effects.js';
import { examplesOf } from './once.js';
import { onStage } from './stage.js';

/** The mutations by which somebody is rung, and how; no other does. */
const RINGS: Readonly<Record<string, RingKind>> = {
  commitSafeBox: 'notice',
  createSafeBoxParticipant: 'notice',
  pushVipCredentials: 'ask',
  pushVipUser: 'ask',
  pushVipUserAndWait: 'ask',
  registerVipPhone: 'code',
  replyToSafeBox: 'notice',
  requestGuardGuestReset: 'code',
  requestXqAccess: 'code',
  resetGuardPassword: 'code',
  sendTwoFactorMessage: 'ask',
  sendVipOtp: 'code',
  setVipTemporaryPassword: 'code',
  submitSafeBox: 'notice',
};

const LIMITS: Readonly<Record<RingKind, string>> = {
  ask: 'MAX_ASKS_PER_PERSON_PER_MINUTE',
  code: 'MAX_CODES_PER_PERSON_PER_MINUTE',
  notice: 'MAX_NOTICES_PER_PERSON_PER_MINUTE',
};

/** Everybody may be rung once in a way, and as often as one likes in the others. */
const once = (kinds: readonly RingKind[]) =>
  Object.fromEntries(
    Object.entries(LIMITS).map(([kind, name]) => [name, kinds.some((one) => one === kind) ? '1' : '0']),
  );
const ALL = ['ask', 'code', 'notice'] as const;

/** Sends the command twice, as two that have nothing to do with each other. */
function twice(example: string, field: string, kinds: readonly RingKind[]): Promise<(string | undefined)[]> {
  return onStage(
    example,
    field,
    async (stage) => [
      (await stage.send(0, 'first')).problem?.code,
      (await stage.send(0, 'second')).problem?.code,
    ],
    undefined,
    once(kinds),
  );
}

test('every mutation is one that rings, or one that does not', () => {
  const mutations = subgraphs.flatMap((module) =>
    Object.keys(module.build().schema.getMutationType()?.getFields() ?? {}),
  );
  for (const name of Object.keys(RINGS)) assert.ok(mutations.includes(name), name);
});

for (const [provider, effects] of Object.entries(EFFECTS))
  for (const field of Object.keys(effects)) {
    const [example = ''] = examplesOf(provider, field);
    const kind = RINGS[field];
    if (kind)
      test(`${field} rings somebody (${kind}), who is not rung again at once`, async () => {
        assert.deepEqual(await twice(example, field, [kind]), [undefined, 'RATE_LIMITED']);
        const others = ALL.filter((one) => one !== kind);
        assert.notEqual((await twice(example, field, others))[1], 'RATE_LIMITED');
      });
    else
      test(`${field} rings nobody`, async () => {
        const [first, second] = await twice(example, field, ALL);
        assert.equal(first, undefined);
        assert.notEqual(second, 'RATE_LIMITED');
      });
  }

test('what takes no idempotency key rings nobody', () => {
  for (const field of Object.keys(WITHOUT_KEY)) assert.equal(RINGS[field], undefined, field);
});
