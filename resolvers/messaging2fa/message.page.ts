import { ownerKey } from '../../src/owner.js';
import { pageOfRecords } from '../shared/record-page.js';
import type { Messaging2faContext } from './context.js';
import { TwoFactorMessage } from './message.type.js';
import type { TwoFactorMessageConnection } from './message.type.js';
import type { KnownMessage } from './message.service.js';
import { TwoFactorMessageState } from './enums.js';

export interface MessageFilter {
  readonly first: number;
  readonly after?: string | undefined;
  readonly state?: TwoFactorMessageState | undefined;
  /** Lower-case e-mail address, or any other PassBy[ME] id. */
  readonly person?: string | undefined;
}

/** One page of what the caller has sent, newest first. No upstream call. */
export async function messagePage(
  { first, after, state, person }: MessageFilter,
  { caller, services }: Messaging2faContext,
): Promise<TwoFactorMessageConnection> {
  const wanted = (message: KnownMessage): boolean =>
    (!state || message.isEnded === (state === TwoFactorMessageState.FINISHED)) &&
    (!person || message.value.recipients.some((userId) => userId.toLowerCase() === person.toLowerCase()));
  return pageOfRecords(
    services.records,
    { collection: services.messages.sent.collection, owner: ownerKey(caller), first, after },
    async (batch) => {
      const messages = await services.messages.sent.join(caller, batch);
      return messages.map((message) => (message && wanted(message) ? new TwoFactorMessage(message) : null));
    },
  );
}
