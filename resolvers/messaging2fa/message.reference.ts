import type { ReferenceResolver } from '../../src/subgraph/federate.js';
import type { Messaging2faContext } from './context.js';
import { TwoFactorMessage } from './message.type.js';

/** Messages by id, for the gateway; null for somebody else's. */
export const resolveTwoFactorMessages: ReferenceResolver<Messaging2faContext> = async (
  representations,
  { caller, services },
) => {
  const messages = await services.messages.sent.findMany(
    caller,
    representations.map(({ id }) => String(id)),
  );
  return messages.map((message) => (message ? new TwoFactorMessage(message) : null));
};
