import { checkAll } from '../../../check-all.js';
import { systemClock } from '../../../clock.js';
import type { Clock } from '../../../clock.js';
import { checkLargest, checkMaterial, checkSize, MAX_MATERIAL_BYTES } from './check-input.js';
import type { LocalCallOptions, LocalCrypto, VerifyPgpInput } from './local-crypto.js';
import { openThreads, type LocalThreadsOptions } from './local-threads.js';

export interface LocalCryptoOptions extends LocalThreadsOptions {
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Largest mail or message, bytes. Default 32 MiB. */
  readonly maxMessageBytes?: number;
}

const MIB = 1024 * 1024;

/** Costs nothing until the first call. */
export function createLocalCrypto(options: LocalCryptoOptions = {}): LocalCrypto {
  const { clock = systemClock, maxMessageBytes = 32 * MIB } = options;
  const threads = openThreads(options);
  const { quick, long } = threads;
  const told = ({ fairnessKey }: LocalCallOptions = {}) => ({ now: clock.now(), fairnessKey });
  const checkSigned = (
    { message, signature }: Pick<VerifyPgpInput, 'message' | 'signature'>,
    materials: () => void,
  ): void => {
    checkAll([
      // A file of no bytes can be signed.
      () =>
        signature === undefined
          ? checkSize('message', message, maxMessageBytes)
          : checkLargest(['message'], message, maxMessageBytes),
      () => signature !== undefined && checkSize('signature', signature, MIB),
      materials,
    ]);
  };
  return {
    async inspectPgpKey(key, call) {
      checkSize('key', key, MAX_MATERIAL_BYTES);
      return quick.run('inspectPgpKey', { key }, told(call));
    },
    async inspectCertificate(certificate, call) {
      checkSize('certificate', certificate, MAX_MATERIAL_BYTES);
      return quick.run('inspectCertificate', { certificate }, told(call));
    },
    async verifyPgp(input, call) {
      checkSigned(input, () => checkMaterial('keys', input.keys, 0));
      return long.run('verifyPgp', input, told(call));
    },
    async encryptPgp(input, call) {
      checkAll([
        () => checkSize('content', input.content, maxMessageBytes),
        () => checkMaterial('keys', input.keys),
      ]);
      return (await long.run('encryptPgp', input, told(call))).content;
    },
    async verifySmime(input, call) {
      checkSigned(input, () => checkMaterial('trusted', input.trusted, 0));
      return long.run('verifySmime', input, told(call));
    },
    async encryptSmime(input, call) {
      checkAll([
        () => checkSize('content', input.content, maxMessageBytes),
        () => checkMaterial('certificates', input.certificates),
      ]);
      return (await long.run('encryptSmime', input, told(call))).content;
    },
    close: () => threads.close(),
  };
}
