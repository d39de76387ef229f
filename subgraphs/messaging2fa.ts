import 'reflect-metadata';
import { resolveTwoFactorMessages } from '../resolvers/messaging2fa/message.reference.js';
import { MessageService } from '../resolvers/messaging2fa/message.service.js';
import { TwoFactorMessageEvents } from '../resolvers/messaging2fa/message.events.js';
import { TwoFactorMessageResolver } from '../resolvers/messaging2fa/message.resolver.js';
import { PersonResolver } from '../resolvers/messaging2fa/person.resolver.js';
import { Person } from '../resolvers/messaging2fa/person.type.js';
import { messaging2fa as provider } from '../src/providers/messaging2fa/provider.js';
import { messageWatch } from '../src/providers/messaging2fa/message-watch.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';

/** PassBy[ME]: ask a person's phone to approve something. */
export const messaging2fa = defineSubgraph({
  provider,
  watches: [messageWatch],
  createServices: (client, tools) => ({ client, messages: new MessageService({ client, ...tools }) }),
  resolvers: [TwoFactorMessageResolver, TwoFactorMessageEvents, PersonResolver],
  person: Person,
  references: { TwoFactorMessage: resolveTwoFactorMessages },
});
