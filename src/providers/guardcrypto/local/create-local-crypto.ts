import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../../clock.js';
import type { Clock } from '../../../clock.js';
import { packagePath } from '../../../package-path.js';
import { checkMaterial, checkSize, MAX_MATERIAL_BYTES } from './check-input.js';
import type { LocalCrypto } from './local-crypto.js';
import type * as operations from './worker.js';
import { WorkerPool } from './worker-pool.js';

export interface LocalCryptoOptions {
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Largest mail or message, bytes. Default 32 MiB. */
  readonly maxMessageBytes?: number;
  /** Default: one less than there are processors, 2 to 4. */
  readonly threads?: number;
  /** Calls that may wait for a thread. Default 32. */
  readonly maxQueue?: number;
  /** How long one call may work, counted from when a thread takes it, milliseconds. Default 5 s. */
  readonly budgetMs?: number;
}

const MIB = 1024 * 1024;
/** A full queue takes longer only when every call in it uses up its budget. */
const MAX_WAIT_MS = 60_000;
/** What the largest message needs, and as much again. */
const MEMORY_MIB = 1024;

/** Costs nothing until the first call. */
export function createLocalCrypto(options: LocalCryptoOptions = {}): LocalCrypto {
  const { clock = systemClock, maxMessageBytes = 32 * MIB, threads } = options;
  const pool = new WorkerPool<typeof operations>({
    file: workerFile(),
    clock,
    ...(threads === undefined ? {} : { threads }),
    maxQueue: options.maxQueue ?? 32,
    maxWaitMs: MAX_WAIT_MS,
    budgetMs: options.budgetMs ?? 5_000,
    memoryMiB: MEMORY_MIB,
  });
  return {
    async inspectPgpKey(key) {
      checkSize('key', key, MAX_MATERIAL_BYTES);
      return pool.run('inspectPgpKey', { key });
    },
    async inspectCertificate(certificate) {
      checkSize('certificate', certificate, MAX_MATERIAL_BYTES);
      return pool.run('inspectCertificate', { certificate });
    },
    async verifyPgp(input) {
      checkSize('message', input.message, maxMessageBytes);
      if (input.signature !== undefined) checkSize('signature', input.signature, MIB);
      checkMaterial('keys', input.keys, 0);
      return pool.run('verifyPgp', input);
    },
    async encryptPgp(input) {
      checkSize('content', input.content, maxMessageBytes);
      checkMaterial('keys', input.keys);
      return (await pool.run('encryptPgp', input)).content;
    },
    async verifySmime(input) {
      checkSize('message', input.message, maxMessageBytes);
      if (input.signature !== undefined) checkSize('signature', input.signature, MIB);
      checkMaterial('trusted', input.trusted, 0);
      return pool.run('verifySmime', input);
    },
    async encryptSmime(input) {
      checkSize('content', input.content, maxMessageBytes);
      checkMaterial('certificates', input.certificates);
      return (await pool.run('encryptSmime', input)).content;
    },
    close: () => pool.close(),
  };
}

/** Beside this file, compiled or not; in the bundle, where this file is part of another, threads have one of their own. */
function workerFile(): URL {
  const beside = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
  return existsSync(beside) ? beside : pathToFileURL(packagePath('dist/bundle/guardcrypto-worker.js'));
}
