import type { PartialConfig } from 'openpgp';

/** Iterated-salted S2K as real servers use, but few rounds: the passwords it protects are published anyway. */
export const LOCKING: PartialConfig = { s2kIterationCountByte: 96 };
