import type { Environment } from './environment.js';
import { wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';

/** How much of a watch is kept, and how long. */
export interface WatchConfig {
  readonly logLength: number;
  readonly retentionMs: number;
}

const HOUR_MS = 3_600_000;

export const watchSettings = {
  WATCH_LOG_LENGTH: wholeNumber(1, 100_000)
    .default(128)
    .describe('Events kept of one watch, for subscribers who come back.'),
  WATCH_RETENTION_HOURS: wholeNumber(1, 87_600).default(24).describe('How long a finished watch is kept.'),
};

/** @throws ConfigError */
export function readWatchConfig(environment: Environment): WatchConfig {
  const settings = parseSettings(watchSettings, environment);
  return {
    logLength: settings.WATCH_LOG_LENGTH,
    retentionMs: settings.WATCH_RETENTION_HOURS * HOUR_MS,
  };
}
