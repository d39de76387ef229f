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

  /** Whether something was out of step at a moment, or not longer than `graceMs` before. */
  wasDisturbed(at: number, graceMs: number): boolean {
    return this.#disturbances.some(({ from, to = Infinity }) => from <= at && at <= to + graceMs);
  }

  save(path: string): void {
    writeFileSync(path, `${this.#lines.join('\n')}\n`);
  }
}
