import type { Environment } from './environment.js';
import { wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';

/** What one request may ask for. */
export interface LimitConfig {
  readonly bodyBytes: number;
  readonly documentChars: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly cost: number;
  readonly providerCalls: number;
  readonly answerErrors: number;
  readonly sockets: number;
  readonly operationsPerSocket: number;
  readonly operationsPerCaller: number;
}

export const limitSettings = {
  MAX_BODY_BYTES: wholeNumber(1_024, 104_857_600)
    .default(1_500_000)
    .describe('Largest request body or WebSocket message, in bytes.'),
  MAX_DOCUMENT_CHARS: wholeNumber(1, 10_000_000)
    .default(50_000)
    .describe('Most characters in one document; values belong into variables.'),
  MAX_TOKENS: wholeNumber(1, 1_000_000).default(1_000).describe('Most tokens in one document.'),
  MAX_DEPTH: wholeNumber(1, 1_000)
    .default(12)
    .describe('Deepest nesting of fields in one operation; introspection does not count.'),
  MAX_ALIASES: wholeNumber(0, 10_000).default(15).describe('Most aliases in one operation.'),
  MAX_ROOT_FIELDS: wholeNumber(1, 10_000).default(10).describe('Most root fields in one operation.'),
  MAX_DIRECTIVES: wholeNumber(0, 10_000).default(10).describe('Most directives in one operation.'),
  MAX_COST: wholeNumber(1, 1_000_000)
    .default(100)
    .describe(
      'Most calls to providers that an operation may make as reckoned before it runs: one for each root field, and what the SDL says by @cost and @listSize.',
    ),
  MAX_PROVIDER_CALLS: wholeNumber(1, 1_000_000)
    .default(300)
    .describe('Most calls to providers that an operation makes, counted while it runs in one process.'),
  MAX_ANSWER_ERRORS: wholeNumber(1, 10_000).default(50).describe('Most errors in one answer.'),
  MAX_SOCKETS: wholeNumber(1, 1_000_000).default(20_000).describe('Most WebSockets open in one process.'),
  MAX_OPERATIONS_PER_SOCKET: wholeNumber(1, 100_000)
    .default(100)
    .describe('Most operations, and so subscriptions, that run on one WebSocket at a time.'),
  MAX_OPERATIONS_PER_CALLER: wholeNumber(1, 1_000_000)
    .default(10_000)
    .describe(
      'Most operations that run on all WebSockets and event streams of one caller at a time, per process.',
    ),
};

/** @throws ConfigError */
export function readLimitConfig(environment: Environment): LimitConfig {
  const settings = parseSettings(limitSettings, environment);
  return {
    bodyBytes: settings.MAX_BODY_BYTES,
    documentChars: settings.MAX_DOCUMENT_CHARS,
    tokens: settings.MAX_TOKENS,
    depth: settings.MAX_DEPTH,
    aliases: settings.MAX_ALIASES,
    rootFields: settings.MAX_ROOT_FIELDS,
    directives: settings.MAX_DIRECTIVES,
    cost: settings.MAX_COST,
    providerCalls: settings.MAX_PROVIDER_CALLS,
    answerErrors: settings.MAX_ANSWER_ERRORS,
    sockets: settings.MAX_SOCKETS,
    operationsPerSocket: settings.MAX_OPERATIONS_PER_SOCKET,
    operationsPerCaller: settings.MAX_OPERATIONS_PER_CALLER,
  };
}
