import { createKey } from '../pgp/create-key.js';
import { addPrivateRing, generatePassword } from './key-rings.js';
import type { Account, Ring } from './state.js';
import type { World } from './world.js';

/** Context of all guest accounts. */
const GUEST_CONTEXT = -1;
const FIRST_GUEST_ID = 10_001;

/**
 * Makes a ring, with a password nobody chose, for a recipient who has none; an outsider gets an account with it. Mails
 * the user the password, or the guest the invitation. Asked twice at once for one address, it makes one.
 */
export function giveKey(world: World, email: string): Promise<Ring> {
  const address = email.toLowerCase();
  const running = world.newRings.get(address);
  if (running !== undefined) return running;
  const made = makeRing(world, email).finally(() => world.newRings.delete(address));
  world.newRings.set(address, made);
  return made;
}

async function makeRing(world: World, email: string): Promise<Ring> {
  const account = world.accountOf(email) ?? addGuest(world, email);
  const password = generatePassword(world);
  const { name, guest } = account;
  const created = world.now();
  const key = await createKey({ name, email: account.email, created, algorithm: world.newKeyAlgorithm });
  const ring = await addPrivateRing(world, account, key, password);
  const sentAt = created.toISOString();
  world.outbox.send(
    guest === undefined
      ? { to: account.email, kind: 'newKey', secret: password, sentAt }
      : { to: account.email, kind: 'newGuest', secret: guest.itemId, sentAt },
  );
  return ring;
}

function addGuest(world: World, email: string): Account {
  const ids = world.state.accounts.filter(({ guest }) => guest !== undefined).map(({ id }) => id);
  const account: Account = {
    id: Math.max(FIRST_GUEST_ID - 1, ...ids) + 1,
    contextId: GUEST_CONTEXT,
    name: email,
    email,
    locale: 'en_US',
    noRecovery: false,
    noDeletePrivate: false,
    canCreateCertificates: false,
    wrongPasswords: 0,
    lockedUntil: 0,
    guest: { itemId: `item-${world.random.bytes(6).toString('hex')}`, passwordSet: false },
  };
  world.state.accounts.push(account);
  return account;
}
