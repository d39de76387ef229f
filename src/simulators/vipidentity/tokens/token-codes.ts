import { createHmac } from 'node:crypto';
import { ASSUMED } from '../assumptions.js';
import { tokenKind } from './token-kinds.js';
import { timeStep, totp } from './totp.js';

/** The codes that all tokens show. */
export interface TokenCodes {
  /** The secret inside a software token. */
  secret(credentialId: string): Buffer;
  /** What a token shows at a moment and at the moments after it: `ahead` codes later. */
  code(credentialId: string, now: number, ahead: number): string;
  /**
   * The time step of the last of one or two consecutive codes when they are right and later than `after`. A hardware
   * token's codes have no time: they are right again and again, at step 0.
   */
  check(credentialId: string, codes: readonly string[], now: number, after: number): number | undefined;
}

/** @param key from which every secret follows. */
export function tokenCodes(key: Buffer): TokenCodes {
  const secret = (credentialId: string): Buffer => createHmac('sha1', key).update(credentialId).digest();
  const isFixed = (credentialId: string): boolean => tokenKind(credentialId)?.codes === 'fixed';
  const codeAt = (credentialId: string, step: number, ahead: number): string =>
    isFixed(credentialId)
      ? (ASSUMED.hardwareCodes[ahead % 2] ?? '')
      : totp(secret(credentialId), step + ahead);
  return {
    secret,
    code: (credentialId, now, ahead) => codeAt(credentialId, timeStep(now), ahead),
    check(credentialId, codes, now, after) {
      if (codes.includes(ASSUMED.wrongCode)) return undefined;
      const matches = (step: number): boolean =>
        codes.every((code, place) => code === codeAt(credentialId, step, place));
      if (isFixed(credentialId)) return matches(0) ? 0 : undefined;
      const window = codes.length > 1 ? ASSUMED.totpWindow.two : ASSUMED.totpWindow.one;
      for (let step = timeStep(now) - window; step <= timeStep(now) + window; step += 1) {
        if (step > after && matches(step)) return step + codes.length - 1;
      }
      return undefined;
    },
  };
}
