import { z } from 'zod';
import type { Logger } from '../../log.js';
import type { Complaint } from './finding.js';

const named = z.object({ setting: z.string() });

/** A logger whose warnings and errors are complaints: what a start would log is what the doctor says. */
export function complainingLogger(complain: (complaint: Complaint) => void): Logger {
  const at =
    (level: Complaint['level']) =>
    (facts: object, message: string): void => {
      const setting = named.safeParse(facts).data?.setting ?? null;
      complain({ level, setting, message: `${setting === null ? '' : `${setting}: `}${message}.` });
    };
  return { debug: ignore, info: ignore, warn: at('warning'), error: at('failure') };
}

/** Says nothing. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Nobody wants to know.
}
