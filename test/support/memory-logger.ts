import type { Logger } from '../../src/log.js';

export interface LogLine {
  readonly level: keyof Logger;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface MemoryLogger extends Logger {
  readonly lines: LogLine[];
}

/** A logger that keeps its lines for a test to look at. */
export function memoryLogger(): MemoryLogger {
  const lines: LogLine[] = [];
  const writer = (level: keyof Logger) => (facts: object, message: string) =>
    void lines.push({ level, facts: { ...facts }, message });
  return {
    lines,
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  };
}
