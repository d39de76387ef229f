import { documentsOf, isReadable, unreadCount, type Box, type BoxStatus } from './box.js';
import { findGuestByEmail } from './guests.js';
import { settle } from './lifecycle.js';
import type { Service } from './service.js';
import type { Caller } from './tokens.js';

/** What a list is narrowed by. */
export interface BoxFilter {
  /** Any of them; all when empty. */
  readonly statuses: ReadonlySet<BoxStatus>;
  readonly unreadOnly: boolean;
  /** Found anywhere in the texts, without regard to case. */
  readonly search: string;
}

/** Whether the caller may read it: as owner, as participant, or for the whole account. */
export function maySee({ enterprise, user }: Caller, box: Box): boolean {
  if (box.enterprise !== enterprise.permalink) return false;
  return user === undefined || box.ownerId === user.id || findGuestByEmail(box, user.email) !== undefined;
}

/** Whether the caller may change it. */
export function mayChange({ enterprise, user }: Caller, box: Box): boolean {
  return box.enterprise === enterprise.permalink && (user === undefined || box.ownerId === user.id);
}

/** All that the caller may see, latest activity first. */
export function findBoxes(service: Service, caller: Caller, filter: BoxFilter): Box[] {
  const search = filter.search.toLowerCase();
  const found: Box[] = [];
  for (const box of service.world.boxes.values()) {
    if (!maySee(caller, box)) continue;
    settle(service, box);
    if (filter.statuses.size > 0 && !filter.statuses.has(box.status)) continue;
    if (filter.unreadOnly && unreadCount(box) === 0) continue;
    if (search !== '' && !textsOf(box).some((text) => text.toLowerCase().includes(search))) continue;
    found.push(box);
  }
  return found.sort(
    (one, other) => other.latestActivity - one.latestActivity || other.createdAt - one.createdAt,
  );
}

function textsOf(box: Box): string[] {
  return [
    box.guid,
    box.subject ?? '',
    ...(isReadable(box) ? box.messages.map(({ note }) => note ?? '') : []),
    ...box.guests.flatMap(({ email, firstName, lastName }) => [email, firstName, lastName]),
    ...documentsOf(box).flatMap(({ name, sha }) => [name, sha]),
  ];
}
