import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../config/config-error.js';

/** One key of the ring, never used itself: what it is needed for has a key of its own, derived from it. */
export interface RingKey {
  readonly id: string;
  /** Wraps the keys of records, AES-256. */
  readonly wrapping: Buffer;
  /** Makes fingerprints, HMAC-SHA-256. */
  readonly fingerprinting: Buffer;
}

/** The keys that open what was sealed, by id. */
export interface KeyRing {
  /** Seals everything new. */
  readonly current: RingKey;
  find(id: string): RingKey | undefined;
}

const ID = /^[A-Za-z0-9_-]{1,32}$/;
const KEY_BYTES = 32;

/**
 * A ring from `id:base64` entries, separated by commas; the first is the current key, the others still open.
 * @param variable where the text comes from, for messages
 * @throws ConfigError
 */
export function parseKeyRing(text: string, variable: string): KeyRing {
  const keys = new Map<string, RingKey>();
  for (const entry of text.trim().split(',')) {
    const [id = '', encoded = ''] = entry.trim().split(':');
    const secret = Buffer.from(encoded, 'base64');
    if (!ID.test(id) || secret.length !== KEY_BYTES) {
      throw new ConfigError(
        variable,
        'must hold id:base64 entries of 32 random bytes each, separated by commas.',
      );
    }
    if (keys.has(id)) throw new ConfigError(variable, 'must not hold the same id twice.');
    keys.set(id, deriveKeys(id, secret));
  }
  const [current] = keys.values();
  if (current === undefined) throw new ConfigError(variable, 'must hold at least one key.');
  return { current, find: (id) => keys.get(id) };
}

/**
 * The ring in a file of our own, made with one random key when there is none. For trying things out: whoever can
 * copy this file and the data can read the data.
 * @param path in a directory that is created when missing
 * @throws ConfigError naming `variable` when others can read the file, or it holds no ring
 */
export function openKeyFile(path: string, variable: string): KeyRing {
  createKeyFile(path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new ConfigError(variable, `leads to ${path}, which ${NO_FILE}`);
  if ((found.mode & 0o077) !== 0)
    throw new ConfigError(variable, 'leads to a key file which others can read; its mode must be 0600.');
  try {
    return parseKeyRing(readFileSync(path, 'utf8'), variable);
  } catch (error) {
    throw error instanceof ConfigError
      ? new ConfigError(variable, `leads to ${path}, which ${NO_RING}`)
      : error;
  }
}

const NO_FILE = 'is no file: put a copy of it back, or move it away and lose what was sealed.';
const NO_RING = 'holds no keys: put a copy of it back, or move it away and lose what was sealed.';

// Written aside and linked into place: the file is there whole or not at all, and an existing one is never replaced.
function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  writeFileSync(temporary, `k1:${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A stricter umask is kept, a laxer one cannot widen the mode; this covers file systems that ignore it on creation.
    chmodSync(temporary, 0o600);
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function deriveKeys(id: string, secret: Buffer): RingKey {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `sealgraph ${purpose}`, KEY_BYTES));
  return { id, wrapping: derive('wrapping'), fingerprinting: derive('fingerprinting') };
}
