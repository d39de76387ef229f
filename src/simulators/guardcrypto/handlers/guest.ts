import { z } from 'zod';
import type { HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { canRecover, keptPassword, openCredential } from '../state/credentials.js';
import type { Account } from '../state/state.js';
import type { World } from '../state/world.js';
import { isLongEnough, requireLength, type Call } from './call.js';
import { authenticate } from './login.js';

const guestLoginSchema = z.object({ username: z.string().min(1), password: z.string().nullish() });
const firstPasswordSchema = z.object({
  question: z.string(),
  answer: z.string(),
  newpass: z.string(),
  email: z.string().min(1),
  itemId: z.string().min(1),
  pin: z.string().nullish(),
});
const resetSchema = z.object({
  resetid: z.string().min(1),
  email: z.string().min(1),
  password: z.string().min(1),
});

type Guest = NonNullable<Account['guest']>;

/** S02. Before a guest has chosen a password none is needed. */
export async function guestLogin({ world, params, envelope }: Call): Promise<HttpAnswer> {
  const { username, password } = params.json(guestLoginSchema);
  const found = findGuest(world, username);
  const first = found?.guest.passwordSet === false && !password;
  return envelope.bare({
    productName: 'OX Guard',
    auth: await guestAuth(world, found?.account, first, password),
    recoveryAvail: found !== undefined && found.guest.question !== undefined,
    settings: { min_password_length: ASSUMED.minPasswordLength },
  });
}

function guestAuth(
  world: World,
  account: Account | undefined,
  first: boolean,
  password: string | null | undefined,
): string | Promise<string> {
  // Nobody learns from the answer who is a guest.
  if (account === undefined)
    return password ? ASSUMED.authStatus.badPassword : ASSUMED.authStatus.passwordNeeded;
  const given = first ? keptPassword(world, account, 'PGP') : password;
  return authenticate(world, account, 'PGP', given ?? undefined, undefined);
}

/** S33: the guest's own first password in place of the generated one. */
export async function guestFirstPassword({ world, params, envelope }: Call): Promise<HttpAnswer> {
  const { email, itemId, pin, question, answer, newpass } = params.json(firstPasswordSchema);
  const found = findGuest(world, email);
  if (found === undefined || found.guest.itemId !== itemId || found.guest.passwordSet)
    throw new GuardError('missingParameter', ['itemId']);
  if (found.guest.pin !== undefined && found.guest.pin !== pin) throw new GuardError('badPassword');
  const { account, guest } = found;
  const password = await replacePassword(world, account, newpass);
  Object.assign(guest, { question, answer, passwordSet: newpass !== '' });
  const auth = world.tokens.create({ accountId: account.id, type: 'PGP', password, sessionId: undefined });
  return envelope.bare({ auth });
}

/** S34: mails what is needed to choose a new password. */
export function guestReset({ world, params, envelope }: Call): HttpAnswer {
  const email = params.text('email');
  const answer = params.text('answer');
  const found = findGuest(world, email);
  if (found?.guest.answer === undefined || found.guest.answer !== answer)
    throw new GuardError('missingParameter', ['answer']);
  const secret = world.random.bytes(16).toString('hex');
  found.guest.resetId = secret;
  world.outbox.send({ to: email, kind: 'guestReset', secret, sentAt: world.now().toISOString() });
  return envelope.bare(ASSUMED.answers.done);
}

/** S35. What goes wrong is told in the string. */
export async function guestDoResetAccount({ world, params, envelope }: Call): Promise<HttpAnswer> {
  const { resetid, email, password } = params.json(resetSchema);
  const found = findGuest(world, email);
  if (found?.guest.resetId === undefined || found.guest.resetId !== resetid)
    return envelope.bare('The reset id is not valid.');
  if (!isLongEnough(password)) return envelope.bare('The password is too short.');
  delete found.guest.resetId;
  await replacePassword(world, found.account, password);
  found.guest.passwordSet = true;
  return envelope.bare(ASSUMED.answers.done);
}

// An empty choice leaves the generated password in place.
async function replacePassword(world: World, account: Account, password: string): Promise<string> {
  const kept = keptPassword(world, account, 'PGP');
  if (!canRecover(world, account, 'PGP') || kept === undefined) throw new GuardError('keyNotFound');
  account.lockedUntil = 0;
  const credential = await openCredential(world, account, 'PGP', kept);
  if (password === '') return kept;
  await credential.changePassword(requireLength(password));
  return password;
}

function findGuest(world: World, email: string): { account: Account; guest: Guest } | undefined {
  const account = world.accountOf(email);
  return account?.guest === undefined ? undefined : { account, guest: account.guest };
}
