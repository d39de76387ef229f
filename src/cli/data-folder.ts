import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../config/index.js';

const NOT_WRITABLE = 'names a folder that this user may not write to.';

/**
 * Makes the folder for data where it is missing, and writes to it.
 * @throws ConfigError
 */
export function openDataFolder(folder: string): void {
  checkDataFolder(folder);
  try {
    makeFolder(resolve(folder));
    rmdirSync(mkdtempSync(join(folder, 'write-')));
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw new ConfigError('SEALGRAPH_DATA_DIR', isFull ? 'names a folder on a full disk.' : NOT_WRITABLE);
  }
}

/** Step by step: making all at once does not end where the system refuses in its own way, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * Whether the folder for data is there and may be written, or may be made. Changes nothing.
 * @throws ConfigError
 */
export function checkDataFolder(folder: string): void {
  const place = existing(resolve(folder));
  if (!statSync(place).isDirectory())
    throw new ConfigError('SEALGRAPH_DATA_DIR', 'leads through a file: it must name a folder.');
  if (!isAllowed(place, constants.W_OK | constants.X_OK))
    throw new ConfigError('SEALGRAPH_DATA_DIR', NOT_WRITABLE);
}

/** Whether this user may use a file, or a folder, so. */
export function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** The folder itself, or the nearest one above it that exists. */
function existing(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : existing(dirname(path));
}
