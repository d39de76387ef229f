import type { History } from './history.js';
import type { Overlap } from './overlaps.js';
import type { Reader, Received } from './reader.js';
import type { Thing } from './scenes/scene.js';
import { LOCK_MS, STALLED_EVERY_MS } from './settings.js';
import type { World } from './world.js';

/** What readers were told, against what happened. Only the first three lines are no mistakes. */
export interface Verdict {
  readers: number;
  events: number;
  /** Milliseconds from each change at the provider to each client that was told of it. */
  readonly latenciesMs: number[];
  /** The same, but for the time in between in which something was broken. */
  readonly beyondFaultsMs: number[];
  /** From change to client while nothing was broken. */
  readonly calmLatenciesMs: number[];
  /** Numbers that were skipped, or kept and never told; statuses that the provider showed for long or told often, and nobody told. */
  lost: number;
  /** Events told twice, and ends after the end. */
  duplicated: number;
  /** Numbers or statuses that went back. */
  outOfOrder: number;
  /** Statuses that were told and had not been there by then. */
  invented: number;
  /** Readers who were never told the end. */
  forgotten: number;
  /** Readers whose last event is not what is. */
  wrong: number;
  /** Reads of one thing at the same time without a frozen process or a Redis restart to blame. */
  overlaps: number;
}

export function emptyVerdict(): Verdict {
  return {
    ...{ readers: 0, events: 0, latenciesMs: [], beyondFaultsMs: [], calmLatenciesMs: [] },
    ...{ lost: 0, duplicated: 0, outOfOrder: 0, invented: 0, forgotten: 0, wrong: 0, overlaps: 0 },
  };
}

/** Whether nothing went wrong. */
export function isFlawless(verdict: Verdict): boolean {
  const { lost, duplicated, outOfOrder, invented, forgotten, wrong, overlaps } = verdict;
  return lost + duplicated + outOfOrder + invented + forgotten + wrong + overlaps === 0;
}

/** Adds what one reader was told to the verdict. */
export function judgeReader(
  verdict: Verdict,
  reader: Reader,
  { world, history, isCalm }: { world: World; history: History; isCalm: boolean },
): void {
  const { thing, received } = reader;
  verdict.readers += 1;
  verdict.events += received.length;
  for (const [at, event] of received.entries()) {
    const before = received[at - 1];
    if (event.hasMissedEvents) verdict.lost += 1;
    // The first event tells the state as it was found, not a change as it came.
    if (!before) continue;
    judgeStep(verdict, world, reader, [before, event]);
    for (const [name, status] of event.told) {
      const changedAt = world.changedAt(thing, name, status);
      // Of what it was from the beginning it is not known since when.
      if (!changedAt || before.told.get(name) === status) continue;
      const latencyMs = event.receivedAt - changedAt;
      if (isCalm) verdict.calmLatenciesMs.push(latencyMs);
      else {
        verdict.latenciesMs.push(latencyMs);
        verdict.beyondFaultsMs.push(latencyMs - history.brokenMs(changedAt, event.receivedAt));
      }
    }
  }
  if (!reader.hasEnded) verdict.forgotten += 1;
  if (!isTold(reader, world)) verdict.wrong += 1;
}

/** Whether the last thing a reader was told is what the provider says. */
export function isTold({ thing, received }: Reader, world: World): boolean {
  const told = received.at(-1)?.told;
  return [...world.statusesOf(thing)].every(([name, status]) => told?.get(name) === status);
}

/**
 * Compares what the readers of one thing were told with what the provider has told: a status that it answered again and
 * again must have come to one of them, and none may have come that was not there, or before it was there.
 */
export function judgeTruth(
  verdict: Verdict,
  thing: Thing,
  readers: readonly Reader[],
  { world, history }: { world: World; history: History },
): void {
  const known = new Set<string>();
  for (const { received } of readers)
    for (const { receivedAt, told } of received)
      for (const [name, status] of told) {
        known.add(`${name} ${status}`);
        if ((world.changedAt(thing, name, status) ?? Infinity) <= receivedAt) continue;
        verdict.invented += 1;
        history.note('invented', { thing: thing.id, part: name, status });
      }
  for (const { name, status } of world.toldOften(thing)) {
    if (known.has(`${name} ${status}`)) continue;
    verdict.lost += 1;
    history.note('never told', { thing: thing.id, part: name, status });
  }
}

/** Compares what a reader was told with what somebody is told who asks afterwards for all behind the same event. */
export function judgeAudit(verdict: Verdict, { received }: Reader, audit: Reader): void {
  const told = new Set(received.map(({ sequence }) => sequence));
  for (const { sequence, isTerminal } of audit.received) {
    if (told.has(sequence)) continue;
    if (isTerminal) verdict.duplicated += 1;
    else verdict.lost += 1;
  }
}

/** Adds the overlapping reads that nothing explains. */
export function judgeOverlaps(verdict: Verdict, overlaps: readonly Overlap[], history: History): void {
  verdict.overlaps += overlaps.filter(
    ({ at }) => !history.wasDisturbed(at, LOCK_MS + STALLED_EVERY_MS),
  ).length;
}

function judgeStep(
  verdict: Verdict,
  world: World,
  { thing }: Reader,
  [before, event]: readonly [Received, Received],
): void {
  const step = event.sequence - before.sequence;
  if (step === 0 || before.isTerminal) verdict.duplicated += 1;
  else if (step < 0) verdict.outOfOrder += 1;
  else verdict.lost += step - 1;
  const goesBack = [...event.told].some(
    ([name, status]) =>
      world.progressOf(thing, name, status) < world.progressOf(thing, name, before.told.get(name) ?? ''),
  );
  if (goesBack) verdict.outOfOrder += 1;
}
