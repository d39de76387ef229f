import { GuardError } from '../guard-error.js';
import type { Entity } from '../mail/entity.js';
import { protectPgp } from '../mail/protect-pgp.js';
import { protectSmime } from '../mail/protect-smime.js';
import { currentCertificate, factsOf, openCertificate } from './certificates.js';
import { currentRing, openRing } from './key-rings.js';
import { findRecipientCertificate } from './recipient-certificates.js';
import { findRecipient } from './recipients.js';
import type { Account } from './state.js';
import type { CryptoType } from './tokens.js';
import type { World } from './world.js';

/** What is to be done to a mail before it leaves. */
export interface SendOrder {
  /** Addresses; none: it is not encrypted. */
  readonly recipients: readonly string[];
  /** Token that opens the sender's key; undefined: it is not signed. */
  readonly auth: string | undefined;
  /** PGP/INLINE. */
  readonly inline: boolean;
}

/** Encrypts with OpenPGP; recipients without a key get one first. @throws GuardError */
export async function sendPgp(
  world: World,
  sender: Account,
  mail: Entity,
  order: SendOrder,
): Promise<Buffer> {
  const keys = await Promise.all(
    order.recipients.map(async (address) => {
      const { key } = await findRecipient(world, sender, address, true);
      if (key === undefined) throw new GuardError('keyNotFound');
      return key;
    }),
  );
  const password = passwordOf(world, sender, 'PGP', order);
  const ring = currentRing(world, sender);
  if (password !== undefined && ring === undefined) throw new GuardError('keyNotFound');
  const signer =
    password === undefined || ring === undefined ? undefined : await openRing(world, sender, ring, password);
  const now = world.now();
  const sent = await protectPgp(mail, { recipients: keys, signer, inline: order.inline, now });
  spend(world, order);
  return sent;
}

/** Encrypts with S/MIME; every recipient must have a certificate that is good. @throws GuardError */
export async function sendSmime(
  world: World,
  sender: Account,
  mail: Entity,
  order: SendOrder,
): Promise<Buffer> {
  const certificates = await Promise.all(
    order.recipients.map(async (address) => {
      const certificate = await findRecipientCertificate(world, sender, address);
      if (certificate === undefined || factsOf(world, { certificate }).expired)
        throw new GuardError('certificateNotFound');
      return certificate;
    }),
  );
  const password = passwordOf(world, sender, 'SMIME', order);
  const entry = currentCertificate(world, sender);
  if (password !== undefined && entry === undefined) throw new GuardError('certificateNotFound');
  const signer =
    password === undefined || entry === undefined
      ? undefined
      : { certificate: entry.certificate, key: await openCertificate(world, sender, entry, password) };
  const sent = await protectSmime(mail, { recipients: certificates, signer, now: world.now() });
  spend(world, order);
  return sent;
}

function passwordOf(
  world: World,
  sender: Account,
  type: CryptoType,
  { auth }: SendOrder,
): string | undefined {
  if (auth === undefined) return undefined;
  const token = world.tokens.find(auth);
  if (token?.accountId !== sender.id || token.type !== type) throw new GuardError('noToken');
  return token.password;
}

function spend(world: World, { auth }: SendOrder): void {
  if (auth !== undefined) world.tokens.spend(auth);
}
