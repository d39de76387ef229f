import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomSource } from '../../kit/random.js';
import { savedStateSchema, type SavedState } from './records.js';

/** The state which an earlier run left in `dir`, if any. */
export function loadState(dir: string): SavedState | undefined {
  const text = readIfThere(join(dir, 'state.json'));
  return text === undefined ? undefined : savedStateSchema.parse(JSON.parse(text.toString('utf8')));
}

/** Replaces the file at once, so that a crash leaves the old or the new one. It holds PINs: the owner alone can read it. */
export function saveState(dir: string, state: SavedState): void {
  writePrivately(join(dir, 'state.json'), JSON.stringify(state));
}

/** The key from which the secrets of all tokens follow; made at first start. */
export function ensureTokenKey(dir: string, random: RandomSource): Buffer {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'token.key');
  const found = readIfThere(path);
  if (found !== undefined) return found;
  const key = random.bytes(32);
  writePrivately(path, key);
  return key;
}

function writePrivately(path: string, content: string | Buffer): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
