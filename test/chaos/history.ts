import { writeFileSync } from 'node:fs';

/** Something that takes the processes, or the machine, out of step for a while. */
export interface Disturbance {
  readonly from: number;
  /** Undefined while it lasts. */
  to?: number;
}

/** All that happened in a run, to be looked at when it failed. */
export class History {
  readonly #lines: string[] = [];
  readonly #disturbances: Disturbance[] = [];
  readonly #faults: Disturbance[] = [];

  note(what: string, facts: Readonly<Record<string, unknown>> = {}): void {
    this.#lines.push(JSON.stringify({ at: Date.now(), what, ...facts }));
  }

  /** Notes the beginning of something after which a frozen poller may wake up, and answers what notes its end. */
  disturb(what: string, facts: Readonly<Record<string, unknown>> = {}, from = Date.now()): () => void {
    const disturbance: Disturbance = { from };
    this.#disturbances.push(disturbance);
    this.note(what, facts);
    return () => {
      disturbance.to = Date.now();
      this.note(`${what} is over`, facts);
    };
  }

  /** Notes the beginning of a fault. What it answers notes its end, which is not before `leastMs` from the beginning. */
  breakDown(what: string): (leastMs: number) => void {
    const fault: Disturbance = { from: Date.now() };
    this.#faults.push(fault);
    this.note(what);
    return (leastMs) => {
      fault.to = Math.max(Date.now(), fault.from + leastMs);
      this.note(`${what} is over`);
    };
  }

  /** For how much of a time something was broken, milliseconds. */
  brokenMs(from: number, to: number): number {
    let brokenMs = 0;
    let counted = from;
    for (const fault of this.#faults.toSorted((one, other) => one.from - other.from)) {
      const begin = Math.max(counted, fault.from);
      const end = Math.min(to, fault.to ?? Infinity);
      if (end <= begin) continue;
      brokenMs += end - begin;
      counted = end;
    }
    return brokenMs;
  }

  /** Whether something was out of step at a moment, or not longer than `graceMs` before. */
  wasDisturbed(at: number, graceMs: number): boolean {
    return this.#disturbances.some(({ from, to = Infinity }) => from <= at && at <= to + graceMs);
  }

  save(path: string): void {
    writeFileSync(path, `${this.#lines.join('\n')}\n`);
  }
}
