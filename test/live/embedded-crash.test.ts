import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/clock.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import { watchId } from '../../src/live/watch-id.js';
import { memoryLogger } from '../support/memory-logger.js';
import { OWNER } from './conformance/watches.js';
import { STEPS, steppingKind, WATCHES } from './stepping-kind.js';

const child = fileURLToPath(new URL('./crash-child.js', import.meta.url));

test(
  'Killed in the middle of its work, the embedded engine goes on where it was: no step is lost, doubled or forgotten.',
  {
    timeout: 120_000,
  },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'sealgraph-crash-'));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, 'sealgraph.db');
    const told = new Map<string, number>();

    for (const killAfter of [1, 30, 70, Infinity]) {
      const lines = await run(path, killAfter);
      assert.equal(lines.includes('finished'), killAfter === Infinity);
      for (const line of lines) {
        const [id = '', sequence] = line.split(' ');
        if (sequence) told.set(id, Math.max(told.get(id) ?? 0, Number(sequence)));
      }
      const steps = await stepsIn(path);
      for (const [id, sequence] of told) assert.ok((steps.get(id)?.length ?? 0) >= sequence);
      for (const found of steps.values())
        assert.deepEqual(
          found,
          found.map((_, index) => `${index + 1}:${index + 1}`),
        );
      if (killAfter === Infinity)
        assert.deepEqual(
          [...steps.values()].map((found) => found.length),
          Array.from({ length: WATCHES }, () => STEPS),
        );
    }
  },
);

/** Runs the child until it has printed so many lines, then kills it; answers what it printed. */
async function run(path: string, killAfter: number): Promise<string[]> {
  const running = spawn(process.execPath, [...process.execArgv, child, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(running, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(running.stdout)) {
    lines.push(line);
    if (lines.length === killAfter) running.kill('SIGKILL');
  }
  await exited;
  return lines;
}

/** What is in the file: the log of each watch as `sequence:step`. */
async function stepsIn(path: string): Promise<Map<string, string[]>> {
  const embedded = openEmbedded({ path, clock: systemClock, logger: memoryLogger() });
  const steps = new Map<string, string[]>();
  for (let n = 0; n < WATCHES; n++) {
    const id = watchId(steppingKind.name, OWNER, `thing-${n}`);
    const history = await embedded.store.read(id, 0);
    steps.set(
      id,
      (history?.since ?? []).map(({ sequence, state }) => `${sequence}:${JSON.stringify(state)}`),
    );
  }
  await embedded.close();
  return steps;
}
