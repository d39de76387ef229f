import { setTimeout as pause } from 'node:timers/promises';
import { SocketConnection, StreamConnection, type Connection } from './connection.js';
import type { Deployment } from './deployment.js';
import type { History } from './history.js';
import { LAST_FREEZES, LAST_RESTARTS, type Nemesis } from './nemesis.js';
import { Progress } from './progress.js';
import { Reader, type Received } from './reader.js';
import type { Scene, Thing } from './scenes/scene.js';
import { isTold, judgeAudit, judgeReader, judgeTruth, type Verdict } from './verdict.js';
import type { World } from './world.js';

export interface Wave {
  readonly scene: Scene;
  readonly world: World;
  readonly nemesis: Nemesis;
  readonly verdict: Verdict;
  readonly history: History;
  /** How long readers may take to hear the end once nothing is broken any more, milliseconds. */
  readonly patienceMs: number;
  /** Nothing breaks, and every status stays until everybody has been told it. */
  readonly isCalm: boolean;
}

const READERS_PER_THING = 2;
const SUBSCRIPTIONS_PER_CONNECTION = 30;
const CALM_STEPS = 2;
/** A gateway asks again at most every two seconds, or three. */
const RESUMED_WITHIN_MS = 6_000;
// Far more than it takes; only what hangs takes so long.
const FIRST_EVENTS_LIMIT_MS = 60_000;

/** Connections for everybody who follows something, one after the other: the two readers of a thing are told it in both ways, by both gateways. */
export async function connectReaders(
  things: readonly Thing[],
  { services, headersOf }: Deployment,
): Promise<ReadonlyMap<string, readonly Connection[]>> {
  const gateways = services.filter(({ role }) => role === 'gateway');
  const connections = new Map<string, readonly Connection[]>();
  for (const caller of new Set(things.map((thing) => thing.caller))) {
    const headers = await headersOf(caller);
    const theirs = things.filter((thing) => thing.caller === caller).length;
    const length = 2 * Math.ceil(theirs / SUBSCRIPTIONS_PER_CONNECTION);
    connections.set(
      caller,
      Array.from({ length }, (_, turn) =>
        turn % 2 === 0
          ? new SocketConnection({ gateways, turn, headers })
          : new StreamConnection({ gateways, turn, headers }),
      ),
    );
  }
  return connections;
}

/** Has everything that is followed go its way, and judges what its readers were told. */
export async function runWave(
  wave: Wave,
  connections: ReadonlyMap<string, readonly Connection[]>,
): Promise<void> {
  const { scene, world, nemesis, verdict, history, patienceMs, isCalm } = wave;
  const { things } = world;
  const progress = new Progress();
  const onEvent = (): void => progress.add();
  const read = (thing: Thing, place: number, after?: string): Reader => {
    const theirs = connections.get(thing.caller) ?? [];
    const connection = theirs[place % theirs.length];
    if (!connection) throw new Error('There are no connections.');
    const isLast = ({ isTerminal, told }: Received): boolean =>
      isTerminal || (scene.isEndless === true && world.isLast(thing, told));
    return new Reader(thing, connection, {
      ...{ scene, history, onEvent, isLast },
      ...(after !== undefined && { after }),
    });
  };
  const readers = things.flatMap((thing, at) =>
    Array.from({ length: READERS_PER_THING }, (_, one) => read(thing, at + one)),
  );
  const followed = readers.map((reader) => reader.follow());
  await progress.reach(readers.length, FIRST_EVENTS_LIMIT_MS);
  if (isCalm) await goCalmly(wave, readers);
  else await breakThings(wave, progress);
  const end = isCalm ? undefined : nemesis.deafen();
  await world.finish();
  await end;
  await patiently(followed, patienceMs);
  for (const reader of readers) reader.leave();

  const audits = readers.flatMap((reader, at) => {
    const [first] = reader.received;
    if (at % READERS_PER_THING > 0 || !reader.hasEnded || !first) return [];
    return [[reader, read(reader.thing, at, first.cursor)] as const];
  });
  const audited = audits.filter(([{ received }]) => received.length > 1).map(([, audit]) => audit.follow());
  await patiently(audited, patienceMs);
  for (const [reader, audit] of audits) {
    audit.leave();
    judgeAudit(verdict, reader, audit);
  }
  for (const reader of readers) judgeReader(verdict, reader, wave);
  for (const thing of things)
    judgeTruth(
      verdict,
      thing,
      readers.filter((reader) => reader.thing === thing),
      wave,
    );
  for (const connection of [...connections.values()].flat()) connection.drop();
}

async function patiently(all: readonly Promise<void>[], patienceMs: number): Promise<void> {
  await Promise.race([Promise.all(all), pause(patienceMs, undefined, { ref: false })]);
}

async function breakThings({ world, nemesis }: Wave, progress: Progress): Promise<void> {
  const faults = nemesis.plan();
  const steps = Math.ceil(world.stepsLeft / (faults.length + LAST_RESTARTS + LAST_FREEZES + 1));
  for (const fault of faults) {
    nemesis.begin(fault);
    await world.step(steps);
    // The next fault comes while a part of these is still on its way.
    await progress.reach(progress.count + 0.7 * steps, 3_000);
  }
  await nemesis.rest();
  let told = 0;
  await nemesis.restartSubgraphs(
    () => {
      told = progress.count;
      return world.step(steps);
    },
    () => progress.reach(told + 1.8 * steps, RESUMED_WITHIN_MS),
  );
  // Polls are taken over again and again, with nobody started anew who would look after all of them.
  await nemesis.freezePollers(() => world.step(steps));
}

/** Step by step; what the provider shows all the time and a reader is not told is lost. */
async function goCalmly(
  { world, verdict, history, patienceMs }: Wave,
  readers: readonly Reader[],
): Promise<void> {
  for (let step = 0; step < CALM_STEPS; step++) {
    await world.stepAll();
    const untilMs = Date.now() + patienceMs;
    const waiting = (): Reader[] => readers.filter((reader) => !isTold(reader, world));
    while (waiting().length > 0 && Date.now() < untilMs) await pause(50);
    for (const { thing } of waiting()) {
      verdict.lost += 1;
      history.note('not told', { thing: thing.id, step });
    }
  }
}
