import type { AttemptCheck, AttemptPolicy } from './attempt-limit.js';

/** How somebody is rung: asked to approve something, sent a code, or told of something by mail. */
export type RingKind = 'ask' | 'code' | 'notice';

/** A person whose attention a command takes. */
export interface RungPerson {
  readonly kind: RingKind;
  /** Who, for example provider and address, spelled in one way; only its hash is kept. */
  readonly subject: readonly string[];
  /** The input field that names them, outermost first. */
  readonly path: readonly string[];
}

/** What a command says that takes nobody's attention. */
export const NOBODY = (): readonly RungPerson[] => [];

/** How often one person may be rung in each way, over each of several windows. */
export type RingPolicy = Readonly<Record<RingKind, readonly AttemptPolicy[]>>;

interface RingLimits {
  readonly perMinute: number;
  readonly perHour: number;
}

/** @param limits most of each kind within a minute and an hour; 0 is no limit */
export function toRingPolicy(limits: Readonly<Record<RingKind, RingLimits>>): RingPolicy {
  const windows = ({ perMinute, perHour }: RingLimits): readonly AttemptPolicy[] =>
    [
      { limit: perMinute, windowMs: 60_000 },
      { limit: perHour, windowMs: 3_600_000 },
    ].filter(({ limit }) => limit > 0);
  return { ask: windows(limits.ask), code: windows(limits.code), notice: windows(limits.notice) };
}

const REFUSALS: Readonly<Record<RingKind, string>> = {
  ask: 'This person was asked too often; try again later.',
  code: 'This person was sent codes too often; try again later.',
  notice: 'This person was notified too often; try again later.',
};

/** Every ring counts, whatever comes of it: it is the ringing that bothers. */
export function ringChecks(rung: readonly RungPerson[], policy: RingPolicy): AttemptCheck[] {
  return rung.flatMap(({ kind, subject, path }) =>
    policy[kind].map((window) => ({
      subject: ['rung', kind, `${window.windowMs}`, ...subject],
      policy: window,
      counts: 'ALL' as const,
      refusal: { path, message: REFUSALS[kind] },
    })),
  );
}
