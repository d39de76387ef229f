import assert from 'node:assert/strict';
import { providerCallsEnded } from '../../support/provider-calls.js';
import type { VipUnderTest } from './open.js';

/** The next event, with time moving on until it is there. */
export async function next<Data>(
  events: AsyncIterator<{ readonly data: Data }>,
  vip: VipUnderTest,
  stepMs = 500,
): Promise<Data> {
  let result: IteratorResult<{ readonly data: Data }> | undefined;
  const waiting = events.next().then((found) => (result = found));
  for (let step = 0; step < 1_000 && result === undefined; step++) {
    await vip.clock.advance(stepMs);
    await providerCallsEnded();
  }
  const found = await waiting;
  assert(!found.done, 'the subscription has completed');
  return found.value.data;
}
