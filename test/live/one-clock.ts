import { thingKind } from './conformance/scripted-provider.js';

export const SLOW_POLL_MS = 1_200;

/** Is polled seldom enough for "too early" to mean something. */
export const slowKind = thingKind({ pollDelayMs: () => SLOW_POLL_MS });
