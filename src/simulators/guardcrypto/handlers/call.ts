import type { IncomingMessage } from 'node:http';
import { textAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import type { Envelope } from '../envelope.js';
import { GuardError } from '../guard-error.js';
import type { Parameters } from '../parameters.js';
import { decryptPassword } from '../state/encrypted-password.js';
import type { Session } from '../state/sessions.js';
import type { Account } from '../state/state.js';
import { CRYPTO_TYPES, type CryptoType } from '../state/tokens.js';
import type { World } from '../state/world.js';

/** What an operation works on. */
export interface Call {
  readonly world: World;
  readonly params: Parameters;
  readonly envelope: Envelope;
  readonly request: IncomingMessage;
  /** Of this server, as the caller wrote it. */
  readonly origin: string;
}

/** A call in an App Suite session. */
export interface UserCall extends Call {
  readonly session: Session;
  readonly account: Account;
}

export type Handler<C extends Call> = (call: C) => HttpAnswer | Promise<HttpAnswer>;

/** Success without anything to say: no body. */
export const EMPTY: HttpAnswer = { status: 200, headers: {}, body: '' };

export function plainText(text: string): HttpAnswer {
  return textAnswer(200, text, 'text/plain; charset=UTF-8');
}

/** @throws GuardError when `type` is neither missing nor one of the two. */
export function cryptoType({ params }: Call): CryptoType {
  return params.oneOf('type', CRYPTO_TYPES, 'PGP');
}

/** A key password that was sent, in the clear or encrypted. */
export interface SentPassword {
  /** Undefined when it was encrypted in a way this server cannot read: it then counts as wrong. */
  readonly text: string | undefined;
}

/** Looks for a password under its two names; undefined when none was sent. */
export function sentPassword({ world, params }: Call): SentPassword | undefined {
  return choosePassword(world, params.find('password'), params.find('e_password'));
}

/** The encrypted spelling wins. */
export function choosePassword(
  world: World,
  password: string | null | undefined,
  encrypted: string | null | undefined,
): SentPassword | undefined {
  if (encrypted) return { text: decryptPassword(world, encrypted) };
  return password ? { text: password } : undefined;
}

/** The same where it is required. @throws GuardError */
export function requiredPassword(call: Call): SentPassword {
  const password = sentPassword(call);
  if (password === undefined) throw new GuardError('missingParameter', ['password']);
  return password;
}

/** The password itself, which must be readable. @throws GuardError */
export function readablePassword(call: Call): string {
  const { text } = requiredPassword(call);
  if (text === undefined) throw new GuardError('badPassword');
  return text;
}

/** Whether a password that somebody chooses is as long as this server tells that it must be. */
export function isLongEnough(chosen: string): boolean {
  return Array.from(chosen).length >= ASSUMED.minPasswordLength;
}

/** The same where it is required. @throws GuardError */
export function requireLength(chosen: string): string {
  if (!isLongEnough(chosen)) throw new GuardError('passwordTooShort');
  return chosen;
}
