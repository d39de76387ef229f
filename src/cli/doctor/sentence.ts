import { ConfigError } from '../../config/index.js';
import type { Complaint } from './finding.js';

/** Errors that are written for whoever operates the program, and the setting that they are about. */
const SENTENCES: Readonly<Record<string, string | null>> = {
  ProviderError: null,
  RedisUnavailableError: 'REDIS_URL',
  StartError: null,
};

/** What an error says to whoever operates the program. */
export function sentenceOf(error: unknown): Pick<Complaint, 'setting' | 'message'> {
  if (error instanceof ConfigError) return { setting: error.variable, message: error.message };
  const setting = error instanceof Error ? SENTENCES[error.name] : undefined;
  if (error instanceof Error && setting !== undefined) return { setting, message: error.message };
  const reason = error instanceof Error ? error.name : 'an unknown reason';
  return { setting: null, message: `It could not be looked at (${reason}).` };
}
