import { issueMailCertificate } from '../smime/authority.js';
import { generateEcKey } from '../smime/private-key.js';
import { certificatesOf, currentCertificate, factsOf } from './certificates.js';
import type { Account } from './state.js';
import type { World } from './world.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The certificate (PEM) to encrypt to: a user's own, then one the asking user uploaded. An address that begins with
 * `expiredcert-` has one that is no longer good (dossier section 7.5).
 */
export async function findRecipientCertificate(
  world: World,
  asking: Account,
  email: string,
): Promise<string | undefined> {
  const address = email.toLowerCase();
  const account = world.accountOf(email);
  const own = account === undefined ? undefined : currentCertificate(world, account);
  if (own !== undefined) return own.certificate;
  const uploaded = world.state.recipientCertificates.find(
    (entry) => entry.ownerId === asking.id && factsOf(world, entry).email.toLowerCase() === address,
  );
  if (uploaded !== undefined) return uploaded.certificate;
  if (!address.startsWith('expiredcert-')) return undefined;
  return (world.state.directory[`smime:${address}`] ??= await expiredCertificate(world, address));
}

/** Holds a recipient's certificate; an earlier one of the same address makes way. */
export function holdCertificate(world: World, account: Account, certificate: string): void {
  const address = factsOf(world, { certificate }).email.toLowerCase();
  const others = world.state.recipientCertificates.filter(
    (entry) => entry.ownerId !== account.id || factsOf(world, entry).email.toLowerCase() !== address,
  );
  world.state.recipientCertificates = [...others, { ownerId: account.id, certificate }];
}

/** What an account trusts in signed mail: the authority of the house, and certificates it holds itself. */
export function trustedCertificates(world: World, account: Account): string[] {
  return [
    world.state.authority.certificate,
    ...certificatesOf(world, account).map(({ certificate }) => certificate),
    ...world.state.recipientCertificates
      .filter(({ ownerId }) => ownerId === account.id)
      .map(({ certificate }) => certificate),
  ];
}

async function expiredCertificate(world: World, email: string): Promise<string> {
  const { publicKey } = await generateEcKey();
  const now = world.clock.now();
  return issueMailCertificate(
    world.state.authority,
    { name: email, email },
    publicKey.export({ type: 'spki', format: 'der' }),
    { notBefore: new Date(now - 400 * DAY_MS), notAfter: new Date(now - 35 * DAY_MS) },
  );
}
