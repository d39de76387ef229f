import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './connection.js';
import type { Dice } from './dice.js';
import type { History } from './history.js';
import type { RedisSite } from './redis-site.js';
import type { ServiceProcess } from './service-process.js';
import { LOCK_MS, STALLED_EVERY_MS, UPSTREAM_MS } from './settings.js';
import type { World } from './world.js';

export interface Targets {
  readonly services: readonly ServiceProcess[];
  readonly redis: RedisSite;
  /** Those that clients have now. */
  readonly connections: () => readonly Connection[];
  readonly world: World;
}

/** The faults of one wave; chance decides their order and whom they meet. */
const FAULTS = [
  ...['kill a poller', 'kill a subgraph', 'kill a gateway', 'freeze a poller', 'freeze a poller'],
  ...[
    'freeze a subgraph',
    'freeze a gateway',
    'kill redis',
    'cut pub/sub',
    'cut pub/sub',
    'drop sockets',
    'drop sockets',
    'outage',
  ],
] as const;

type Fault = (typeof FAULTS)[number];

/** Long enough for the polls of a frozen process to be taken over, once its turns (5 s) have run out, and finished. */
const FREEZE_MS = LOCK_MS + STALLED_EVERY_MS + 4_500;

/** After so long what a process did that was killed is taken over: its locks, or its turns (5 s), have run out. */
const TAKEN_OVER_MS = LOCK_MS + STALLED_EVERY_MS + 1_500;

/** Faults that come behind those of the plan. */
export const LAST_FREEZES = 3;
export const LAST_RESTARTS = 2;
const ANSWERED_MS = 2 * UPSTREAM_MS;
const LAST_CUTS = 60;
const CUT_EVERY_MS = 50;

/** Does harm, to its own processes alone. */
export class Nemesis {
  readonly #targets: Targets;
  readonly #dice: Dice;
  readonly #history: History;
  /** How often each fault was done. */
  readonly done = new Map<Fault, number>();
  readonly #running = new Set<Promise<void>>();
  readonly #turns = new Map<ServiceProcess['role'], Promise<unknown>>();

  constructor(targets: Targets, dice: Dice, history: History) {
    this.#targets = targets;
    this.#dice = dice;
    this.#history = history;
  }

  /** The faults of the next wave. */
  plan(): readonly Fault[] {
    return this.#dice.shuffled(FAULTS);
  }

  /** Begins a fault; some last for a while, beside what comes next. */
  begin(fault: Fault): void {
    this.done.set(fault, (this.done.get(fault) ?? 0) + 1);
    const end = this.#history.breakDown(fault);
    const running = this.#do(fault).finally(() => {
      end(fault.startsWith('kill') ? TAKEN_OVER_MS : 0);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Resolves when nothing is broken any more. */
  async rest(): Promise<void> {
    await Promise.all(this.#running);
    await Promise.all(this.#targets.services.map(({ ready }) => ready));
  }

  /**
   * Freezes one poller after the other while nothing else is broken, so that what it read before is committed after it.
   * @param meanwhile called while it is frozen
   */
  async freezePollers(meanwhile: () => Promise<void>): Promise<void> {
    for (let left = LAST_FREEZES; left > 0; left--) {
      this.begin('freeze a poller');
      // What it had asked is answered by then.
      await pause(ANSWERED_MS);
      await meanwhile();
      await this.rest();
    }
  }

  /**
   * Restarts one subgraph after the other while nothing else is broken: gateways go on by themselves behind what they saw.
   * @param meanwhile called while it is away
   * @param afterwards called when it is back
   */
  async restartSubgraphs(meanwhile: () => Promise<void>, afterwards: () => Promise<void>): Promise<void> {
    for (let left = LAST_RESTARTS; left > 0; left--) {
      this.begin('kill a subgraph');
      await meanwhile();
      await this.rest();
      await afterwards();
    }
  }

  /** For a while hardly anything is heard: what is told then must be found out in another way. */
  async deafen(): Promise<void> {
    for (let left = LAST_CUTS; left > 0; left--) {
      this.begin('cut pub/sub');
      await pause(CUT_EVERY_MS);
    }
  }

  async #do(fault: Fault): Promise<void> {
    switch (fault) {
      case 'kill a poller':
        return this.#harm('poller', kill);
      case 'kill a subgraph':
        return this.#harm('subgraph', kill);
      case 'kill a gateway':
        return this.#harm('gateway', kill);
      case 'freeze a gateway':
        return this.#harm('gateway', freeze);
      case 'freeze a poller':
        return this.#harm('poller', freeze);
      case 'freeze a subgraph':
        return this.#harm('subgraph', freeze);
      case 'kill redis':
        return this.#killRedis();
      case 'cut pub/sub':
        // While Redis is away there is nothing to cut.
        await Promise.all(
          this.#targets.redis.servers.map((server) =>
            server.with((redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).catch(() => undefined),
          ),
        );
        return;
      case 'drop sockets': {
        const connections = this.#targets.connections();
        for (const connection of this.#dice.shuffled(connections).slice(0, connections.length / 2))
          connection.drop();
        return;
      }
      case 'outage':
        this.#targets.world.beginOutage();
        await pause(1_000 + this.#dice.below(1_000));
        this.#targets.world.endOutage();
    }
  }

  /** One of a kind at a time: while none is left nothing happens that could go wrong. */
  async #harm(
    role: ServiceProcess['role'],
    how: (victim: ServiceProcess) => Promise<unknown>,
  ): Promise<void> {
    const victim = this.#dice.pick(this.#targets.services.filter((service) => service.role === role));
    const turn = (this.#turns.get(role) ?? Promise.resolve()).then(() => how(victim));
    this.#turns.set(role, turn);
    await turn;
  }

  async #killRedis(): Promise<void> {
    const end = this.#history.disturb('redis is away');
    await this.#targets.redis.breakDown(this.#dice);
    end();
  }
}

async function kill(victim: ServiceProcess): Promise<void> {
  victim.kill();
  await victim.ready;
}

async function freeze(victim: ServiceProcess): Promise<void> {
  victim.freeze();
  await pause(FREEZE_MS);
  victim.thaw();
}
