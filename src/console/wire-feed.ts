import { z } from 'zod';
import type { Logger } from '../log.js';

/** One line of the log about the wire. */
export interface WireLine {
  /** Counts the lines since the start of this process: 1, 2, 3... */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly provider: string;
  /** Of a call; a line without one tells the state of a breaker. */
  readonly operation?: string | undefined;
  readonly method?: string | undefined;
  readonly kind?: string | undefined;
  readonly status?: number | undefined;
  /** Why there was no answer, as clients are told. */
  readonly code?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly attempt?: number | undefined;
  /** `open`, `half-open` or `closed`. */
  readonly state?: string | undefined;
}

export interface WireFeed {
  /** The logger to pass on: what it is told about calls is kept. */
  readonly logger: Logger;
  /** Lines behind this number, oldest first, of the newest 300. */
  since(number: number): readonly WireLine[];
}

const KEPT_LINES = 300;
const ABOUT_THE_WIRE: ReadonlySet<string> = new Set([
  'provider call',
  'provider call failed',
  'provider breaker',
]);

const facts = z.object({
  provider: z.string(),
  operation: z.string().optional(),
  method: z.string().optional(),
  kind: z.string().optional(),
  status: z.number().optional(),
  code: z.string().optional(),
  durationMs: z.number().optional(),
  attempt: z.number().optional(),
  state: z.string().optional(),
});

/** Keeps what the log is told about calls to providers, whatever its level. */
export function listenToCalls(logger: Logger, now = Date.now): WireFeed {
  let lines: WireLine[] = [];
  let last = 0;
  const listen =
    (write: Logger['info']): Logger['info'] =>
    (given, message) => {
      const found = ABOUT_THE_WIRE.has(message) ? facts.safeParse(given).data : undefined;
      if (found) lines = [...lines.slice(1 - KEPT_LINES), { number: ++last, at: now(), ...found }];
      write(given, message);
    };
  return {
    logger: {
      debug: logger.debug,
      info: listen(logger.info),
      warn: listen(logger.warn),
      error: logger.error,
    },
    since: (number) => lines.filter((line) => line.number > number),
  };
}
