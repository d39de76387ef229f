import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { messaging2faSimulator } from '../../src/simulators/messaging2fa/simulator.js';
import { RedisServer } from '../support/redis-server.js';
import { askGraph } from '../support/sealgraph.js';
import { SocketConnection, StreamConnection, type Connection } from './connection.js';
import { startDeployment } from './deployment.js';
import { Dice } from './dice.js';
import { History } from './history.js';
import { LAST_FREEZES, Nemesis } from './nemesis.js';
import { ReadWatcher } from './overlaps.js';
import { Reader } from './reader.js';
import type { ServiceProcess } from './service-process.js';
import type { Variant } from './settings.js';
import {
  emptyVerdict,
  isTold,
  judgeAudit,
  judgeOverlaps,
  judgeReader,
  judgeTruth,
  type Verdict,
} from './verdict.js';
import { Watchdog } from './watchdog.js';
import { World } from './world.js';

export interface ChaosOptions {
  readonly variant: Variant;
  /** A mutant of the product, by its name in `mutants.ts`. */
  readonly mutant?: string;
  readonly seed: number;
  /** Messages of one wave, each watched by two readers. */
  readonly watches: number;
  /** How long readers may take to hear the end once nothing is broken any more, milliseconds. */
  readonly patienceMs: number;
  /** Begins another wave as long as this is true of the number of those that were, and of what was found in them. */
  readonly goOn: (waves: number, found: Verdict) => boolean;
}

export interface ChaosReport extends Verdict {
  readonly variant: Variant;
  readonly mutant: string | undefined;
  readonly waves: number;
  readonly watches: number;
  readonly reads: number;
  readonly allOverlaps: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Processes that ended although nobody killed them. */
  readonly crashes: readonly string[];
  readonly history: History;
}

const READERS_PER_WATCH = 2;
const SUBSCRIPTIONS_PER_CONNECTION = 30;
const RECIPIENTS = 3;
const CALM_STEPS = 2;
/** To each gateway. */
const SENT_AT_ONCE = 10;
/** For each message that is to be sent. */
const MOST_TRIES = 5;
// Far more than it takes; only what hangs takes so long.
const FIRST_EVENTS_LIMIT_MS = 60_000;

const SEND = `mutation ($to: [String!]!) {
  sendTwoFactorMessage(input: { recipients: $to, availabilitySeconds: 3600 }) { twoFactorMessage { id: messageId } problem { code } }
}`;

/**
 * Two pollers, two subgraph services and two gateways over one Redis, and clients on WebSockets and event streams, while
 * everything that can break does. Waves of messages go their way step by step, a fault between any two steps; then
 * everybody must know the end.
 */
export async function runChaos({
  variant,
  mutant,
  seed,
  watches,
  patienceMs,
  goOn,
}: ChaosOptions): Promise<ChaosReport> {
  const dice = new Dice(`chaos ${seed}`);
  const history = new History();
  const verdict = emptyVerdict();
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-chaos-'));
  const simulator = await messaging2faSimulator.start({ dir, stepMs: 0 });
  const redis = await RedisServer.start({ durable: true });
  const world = new World(simulator, dice, history);
  const watcher = new ReadWatcher(history, (messageId) => world.read(messageId));
  const watchdog = new Watchdog(redis.url, history);
  const deployment = await startDeployment({
    ...{ variant, mutant, history, redisUrl: redis.url, provider: simulator.environment },
  });
  const { services, headers } = deployment;
  // A frozen process does not notice that this one was told to end.
  const onSignal = (): void => {
    for (const service of services) service.abandon();
    void redis.kill();
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    await Promise.all(services.map(({ ready }) => ready));
    const gateways = services.filter(({ role }) => role === 'gateway');
    // One after the other: the two readers of a message are told it in both ways, by both gateways.
    const connections = Array.from(
      { length: 2 * Math.ceil(watches / SUBSCRIPTIONS_PER_CONNECTION) },
      (_, turn) =>
        turn % 2 === 0
          ? new SocketConnection({ gateways, turn, headers })
          : new StreamConnection({ gateways, turn, headers }),
    );
    const nemesis = new Nemesis({ services, redis, connections, world }, dice, history);
    history.note('calm wave');
    await send(world, gateways, watches, headers);
    await runWave({ world, nemesis, connections, verdict, history, patienceMs, isCalm: true });
    let waves = 0;
    for (; goOn(waves, verdict); waves++) {
      history.note('wave', { waves });
      await send(world, gateways, watches, headers);
      await runWave({ world, nemesis, connections, verdict, history, patienceMs, isCalm: false });
    }
    judgeOverlaps(verdict, watcher.overlaps, history);
    return {
      ...verdict,
      ...{
        variant,
        mutant,
        waves,
        watches,
        history,
        reads: watcher.reads,
        allOverlaps: watcher.overlaps.length,
      },
      faults: nemesis.done,
      crashes: services.flatMap(({ crashes }) => crashes),
    };
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    watcher.stop();
    watchdog.stop();
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([simulator.stop(), redis.stop()]);
    await rm(dir, { recursive: true, force: true });
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

interface Wave {
  readonly world: World;
  readonly nemesis: Nemesis;
  readonly connections: readonly Connection[];
  readonly verdict: Verdict;
  readonly history: History;
  readonly patienceMs: number;
  /** Nothing breaks, and every status stays until everybody has been told it. */
  readonly isCalm: boolean;
}

async function runWave(wave: Wave): Promise<void> {
  const { world, nemesis, connections, verdict, history, patienceMs, isCalm } = wave;
  const { messageIds } = world;
  const progress = new Progress();
  const onEvent = (): void => progress.add();
  const readers = messageIds.flatMap((id, message) =>
    Array.from({ length: READERS_PER_WATCH }, (_, one) => {
      const connection = connections[(message + one) % connections.length];
      if (!connection) throw new Error('There are no connections.');
      return new Reader(id, connection, { history, onEvent });
    }),
  );
  const followed = readers.map((reader) => reader.follow());
  await progress.reach(readers.length, FIRST_EVENTS_LIMIT_MS);
  if (isCalm) await goCalmly(wave, readers);
  else await breakThings(wave, progress);
  const end = isCalm ? undefined : nemesis.deafen();
  world.finish();
  await end;
  await Promise.race([Promise.all(followed), pause(patienceMs, undefined, { ref: false })]);
  for (const reader of readers) reader.leave();

  const audits = readers.flatMap((reader, at) => {
    const [first] = reader.received;
    const connection = connections[at % connections.length];
    if (at % READERS_PER_WATCH > 0 || !reader.hasEnded || !first || !connection) return [];
    return [
      [reader, new Reader(reader.messageId, connection, { history, onEvent, after: first.cursor })] as const,
    ];
  });
  const audited = audits.map(([, audit]) => audit.follow());
  await Promise.race([Promise.all(audited), pause(patienceMs, undefined, { ref: false })]);
  for (const [reader, audit] of audits) {
    audit.leave();
    judgeAudit(verdict, reader, audit);
  }
  const latencies = isCalm ? verdict.calmLatenciesMs : verdict.latenciesMs;
  for (const reader of readers) judgeReader(verdict, reader, world, latencies);
  for (const id of messageIds)
    judgeTruth(
      verdict,
      id,
      readers.filter(({ messageId }) => messageId === id),
      world,
      history,
    );
  for (const connection of connections) connection.drop();
  world.forgetAll();
}

async function breakThings({ world, nemesis }: Wave, progress: Progress): Promise<void> {
  const faults = nemesis.plan();
  const steps = Math.ceil((world.messageIds.length * RECIPIENTS * 3) / (faults.length + LAST_FREEZES + 1));
  for (const fault of faults) {
    nemesis.begin(fault);
    world.step(steps);
    // The next fault comes while a part of these is still on its way.
    await progress.reach(progress.count + 0.7 * steps, 3_000);
  }
  await nemesis.rest();
  // Polls are taken over again and again, with nobody started anew who would look after all of them.
  await nemesis.freezePollers(() => world.step(steps));
}

/** Step by step; what the provider shows all the time and a reader is not told is lost. */
async function goCalmly(
  { world, verdict, history, patienceMs }: Wave,
  readers: readonly Reader[],
): Promise<void> {
  for (let step = 0; step < CALM_STEPS; step++) {
    world.stepAll();
    const untilMs = Date.now() + patienceMs;
    const waiting = (): Reader[] => readers.filter((reader) => !isTold(reader, world));
    while (waiting().length > 0 && Date.now() < untilMs) await pause(50);
    for (const { messageId } of waiting()) {
      verdict.lost += 1;
      history.note('not told', { messageId, step });
    }
  }
}

/** Counts what readers get, so that the run goes on with it and not by the clock. */
class Progress {
  count = 0;
  #waiting: { count: number; resolve: () => void } | undefined;

  add(): void {
    this.count += 1;
    if (this.#waiting && this.count >= this.#waiting.count) this.#waiting.resolve();
  }

  /** Resolves when so many events have been received, or after `limitMs`: while all is broken nothing is. */
  async reach(count: number, limitMs: number): Promise<void> {
    if (this.count >= count) return;
    await Promise.race([
      new Promise<void>((resolve) => (this.#waiting = { count, resolve })),
      pause(limitMs, undefined, { ref: false }),
    ]);
    this.#waiting = undefined;
  }
}

async function send(
  world: World,
  gateways: readonly ServiceProcess[],
  count: number,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const urls = await Promise.all(gateways.map(({ ready }) => ready));
  let number = 0;
  const work = async (url: string): Promise<void> => {
    while (world.messageIds.length < count) {
      const to = Array.from({ length: RECIPIENTS }, (_, at) => `person${number}x${at}@example.test`);
      number += 1;
      const { data } = await askGraph<Sent>(url, SEND, { to }, headers);
      // One that a busy machine did not send in time is not sent again; there are others.
      const sent = data.sendTwoFactorMessage.twoFactorMessage;
      if (sent && world.messageIds.length < count) world.adopt(sent.id, to);
      if (number > MOST_TRIES * count) throw new Error(`Messages cannot be sent: ${JSON.stringify(data)}`);
    }
  };
  await Promise.all(urls.flatMap((url) => Array.from({ length: SENT_AT_ONCE }, () => work(url))));
}

interface Sent {
  readonly sendTwoFactorMessage: {
    readonly twoFactorMessage: { readonly id: string } | null;
    readonly problem: { readonly code: string } | null;
  };
}
