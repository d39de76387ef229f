import { systemClock } from '../../../src/clock.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { ProblemCode } from '../../../src/provider-error.js';
import { createHttpClient } from '../../../src/providers/kit/http-client.js';
import type { HttpClient, HttpClientOptions } from '../../../src/providers/kit/http-client.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { LogLine, MemoryLogger } from '../../support/memory-logger.js';
import type { Teardown } from '../../support/simulators.js';

/** A client of one server, closed with the test; its waits between attempts are as short as chance allows. */
export function clientOf(
  test: Teardown,
  url: string,
  options: Partial<HttpClientOptions> = {},
): HttpClient & { readonly logger: MemoryLogger } {
  const logger = memoryLogger();
  const client = createHttpClient({
    provider: 'acme',
    origins: [url],
    clock: systemClock,
    random: () => 0,
    logger,
    ...options,
  });
  test.after(() => client.close());
  return Object.assign(client, { logger });
}

export const READ = { operation: 'look', kind: 'read', method: 'GET', path: '/thing' } as const;
export const WRITE = {
  operation: 'send',
  kind: 'write',
  method: 'POST',
  path: '/thing',
  body: 'once',
} as const;

/** For `assert.rejects`: a `ProviderError` of that code. */
export function problem(code: ProblemCode): (error: unknown) => boolean {
  return (error) => {
    if (error instanceof ProviderError && error.code === code) return true;
    throw error;
  };
}

/** The facts of the lines with this message. */
export function factsOf({ lines }: MemoryLogger, message: string): LogLine['facts'][] {
  return lines.filter((line) => line.message === message).map(({ facts }) => facts);
}
