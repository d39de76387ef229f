import { performance } from 'node:perf_hooks';

const PROBE_EVERY_MS = 50;

/** Asks at fixed times, whether or not the answers before have come, and tells how long each took, milliseconds. */
export async function probe(ask: () => Promise<unknown>, until: Promise<unknown>): Promise<number[]> {
  const answers: Promise<number>[] = [];
  let isOver = false;
  const over = until.finally(() => (isOver = true));
  for (let due = performance.now(); !isOver; due += PROBE_EVERY_MS) {
    await sleep(due - performance.now());
    answers.push(ask().then(() => performance.now() - due));
  }
  await over;
  return Promise.all(answers);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
