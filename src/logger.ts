import pino, { type DestinationStream } from 'pino';
import { FACTS } from './log.js';
import type { Logger } from './log.js';

export interface LoggerOptions {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Where the lines go. Default: stderr, because stdout is for the person who started the process. */
  readonly destination?: DestinationStream;
}

const ALLOWED_FACTS: ReadonlySet<string> = new Set(FACTS);
const REDACTED = '[redacted]';
const DEEPEST_CAUSE = 5;

/** A logger that writes one JSON object per line, with an allow-list of facts and errors reduced to what helps. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const line = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: named, log: allowed },
      // Errors are described by then; the serializer that is there otherwise would take them for errors again.
      serializers: { err: (described: unknown) => described },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
  return {
    debug: (facts, message) => line.debug(facts, message),
    info: (facts, message) => line.info(facts, message),
    warn: (facts, message) => line.warn(facts, message),
    error: (facts, message) => line.error(facts, message),
  };
}

function named(label: string): { level: string } {
  return { level: label };
}

function allowed(facts: object): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  const given: [string, unknown][] = Object.entries(facts);
  for (const [name, value] of given) shown[name] = allowedValue(name, value);
  return shown;
}

function allowedValue(name: string, value: unknown): unknown {
  if (value instanceof Error) return describeError(value);
  if (!ALLOWED_FACTS.has(name)) return REDACTED;
  return typeof value === 'object' && value !== null ? REDACTED : value;
}

// Their messages quote what was parsed or coerced: an answer of a provider, or a variable with a password in it.
const QUOTING_ERRORS: ReadonlySet<string> = new Set(['SyntaxError', 'GraphQLError']);

// Errors of libraries carry requests, headers and bodies as properties: only these are both helpful and harmless.
function describeError(error: Error, depth = 0): Record<string, unknown> {
  const cause = 'originalError' in error ? error.originalError : error.cause;
  return {
    type: error.name,
    message: QUOTING_ERRORS.has(error.name) ? REDACTED : error.message,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    // The frames alone: the lines above them repeat the message.
    stack: error.stack?.split('\n').filter((frame) => frame.startsWith('    at ')),
    ...(cause instanceof Error && depth < DEEPEST_CAUSE && { cause: describeError(cause, depth + 1) }),
  };
}
