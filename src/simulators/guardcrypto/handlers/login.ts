import { z } from 'zod';
import type { HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { canRecover, hasCredential, openCredential, resetPassword } from '../state/credentials.js';
import { publicPasswordKey } from '../state/encrypted-password.js';
import type { Account } from '../state/state.js';
import type { CryptoType } from '../state/tokens.js';
import type { World } from '../state/world.js';
import { cryptoType, EMPTY, plainText, requireLength, type UserCall } from './call.js';

const loginSchema = z.object({
  encr_password: z.string().nullish(),
  language: z.string().nullish(),
});
const changePasswordSchema = z.object({ oldpass: z.string().min(1), newpass: z.string().min(1) });
const secondaryEmailSchema = z.object({ password: z.string().min(1), email: z.email() });

const LANGUAGES = { en_US: 'English', de_DE: 'Deutsch', fr_FR: 'Français' };

/** S01. A wrong password is no error here: `auth` then holds a word instead of a token. */
export async function login(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope, session } = call;
  const type = cryptoType(call);
  const { encr_password: password } = params.json(loginSchema);
  return envelope.bare({
    server: 'guard-1',
    cid: account.contextId,
    primaryEmail: account.email,
    pubKey: publicPasswordKey(world),
    auth: await authenticate(world, account, type, password ?? undefined, session.id),
    recoveryAvail: canRecover(world, account, type),
    lang: LANGUAGES,
    settings: {
      pgpdefault: false,
      pgpsign: false,
      inline: false,
      noDeletePrivate: account.noDeletePrivate,
      noRecovery: account.noRecovery,
      noDeleteRecovery: false,
      min_password_length: ASSUMED.minPasswordLength,
      password_length: ASSUMED.generatedPasswordLength,
    },
  });
}

/** A token for a right password, else the word that stands in its place. */
export async function authenticate(
  world: World,
  account: Account,
  type: CryptoType,
  password: string | undefined,
  sessionId: string | undefined,
): Promise<string> {
  const words = ASSUMED.authStatus;
  if (!hasCredential(world, account, type)) return words.noKey;
  if (!password) return words.passwordNeeded;
  try {
    await openCredential(world, account, type, password);
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    return error.error === 'lockedOut' ? words.lockout : words.badPassword;
  }
  return world.tokens.create({ accountId: account.id, type, password, sessionId });
}

/** S03. */
export async function changePassword(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope, session } = call;
  const type = cryptoType(call);
  const { oldpass, newpass: password } = params.json(changePasswordSchema);
  const credential = await openCredential(world, account, type, oldpass);
  await credential.changePassword(requireLength(password));
  return envelope.bare({
    auth: world.tokens.create({ accountId: account.id, type, password, sessionId: session.id }),
  });
}

/** S04. */
export function getSecondaryEmail(call: UserCall): HttpAnswer {
  cryptoType(call);
  const { secondaryEmail } = call.account;
  return secondaryEmail === undefined ? EMPTY : call.envelope.bare(secondaryEmail);
}

/** S05. */
export async function setSecondaryEmail(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope } = call;
  const type = cryptoType(call);
  const { password, email } = params.json(secondaryEmailSchema);
  await openCredential(world, account, type, password);
  account.secondaryEmail = email;
  return envelope.bare(ASSUMED.answers.done);
}

/** S06. */
export async function resetKeyPassword(call: UserCall): Promise<HttpAnswer> {
  const answer = await resetPassword(call.world, call.account, cryptoType(call));
  return call.envelope.bare(answer);
}

/** Ends every Guard session of the user; the App Suite session goes on. */
export function guardLogout({ world, account }: UserCall): HttpAnswer {
  world.tokens.revoke(account.id);
  return plainText(ASSUMED.answers.done);
}
