import { foundById } from '../../src/subgraph/found-by-id.js';
import type { Messaging2faContext } from './context.js';
import { TwoFactorMessage } from './message.type.js';

/** Messages by id, for the gateway; null for somebody else's. */
export const resolveTwoFactorMessages = foundById(
  'TwoFactorMessage',
  async (names, { caller, services }: Messaging2faContext) => {
    const messages = await services.messages.sent.findMany(
      caller,
      names.map(([id = '']) => id),
    );
    return messages.map((message) => (message ? new TwoFactorMessage(message) : null));
  },
);
