import { nameKey } from '../../src/same-name.js';
import type { Messaging2faContext } from './context.js';
import { TwoFactorMessageState } from './enums.js';
import { TwoFactorMessage } from './message.type.js';
import type { TwoFactorMessageConnection } from './message.type.js';
import type { KnownMessage } from './message.service.js';

export interface MessageFilter {
  readonly first: number;
  readonly after?: string | undefined;
  readonly state?: TwoFactorMessageState | undefined;
  /** Lower-case e-mail address, or any other PassBy[ME] id. */
  readonly person?: string | undefined;
}

/** One page of what the caller has sent, newest first. No upstream call. */
export function messagePage(
  { state, person, ...page }: MessageFilter,
  { caller, services }: Messaging2faContext,
): Promise<TwoFactorMessageConnection> {
  const wanted = ({ value, isEnded }: KnownMessage): boolean =>
    (!state || isEnded === (state === TwoFactorMessageState.FINISHED)) &&
    (!person || value.recipients.some((userId) => nameKey(userId) === nameKey(person)));
  const filter = { state: state ?? null, person: person ? nameKey(person) : null };
  return services.messages.sent.page(caller, { ...page, filter }, (message) =>
    wanted(message) ? new TwoFactorMessage(message) : null,
  );
}
