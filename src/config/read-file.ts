import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.js';

/**
 * The text of the file a variable names.
 * @throws ConfigError
 */
export function readConfiguredFile(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(variable, 'names a file that cannot be read.');
  }
}
