import { normal, type KeyRecord, type TokenRecord } from './records.js';
import { findGroup, membersOf } from './teams.js';
import type { World } from './world.js';

type Grant = KeyRecord['grants'][number];

/** Any holder of a valid token. */
const EVERYBODY = 'xq.public';
const TEAM = 'team@group.local';

/** Whom these recipients admit, groups as they are now (dossier section 3.14). @param teamId the creator's */
export function grantsFor(world: World, recipients: readonly string[], teamId: number | undefined): Grant[] {
  return recipients.flatMap((recipient): Grant[] => {
    const via = normal(recipient);
    return membersBehind(world, via, teamId).map((address) => ({ address: normal(address), via }));
  });
}

/** Whether the key was granted to one of the token's addresses; ownership aside. */
export function isGranted({ grants }: KeyRecord, { subjects }: TokenRecord): boolean {
  return grants.some(
    ({ address }) => address === EVERYBODY || subjects.some((subject) => normal(subject) === address),
  );
}

export function isOwned({ owner }: KeyRecord, { subjects }: TokenRecord): boolean {
  return subjects.some((subject) => normal(subject) === normal(owner));
}

/** The recipients as they were named. */
export function namedRecipients({ grants }: KeyRecord): string[] {
  return [...new Set(grants.map(({ via }) => via))];
}

function membersBehind(world: World, recipient: string, teamId: number | undefined): string[] {
  const [, id] = /^(\d+)@(?:group\.local|_)$/.exec(recipient) ?? [];
  if (recipient !== TEAM && id === undefined) return [recipient];
  const members =
    recipient === TEAM
      ? membersOf(world, teamId).map(({ email }) => email)
      : (findGroup(world, Number(id))?.members ?? []);
  // A group without members stays on the list of recipients and admits nobody.
  return members.length === 0 ? [recipient] : members;
}
