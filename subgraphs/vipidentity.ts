import 'reflect-metadata';
import { VipAuthenticationResolver } from '../resolvers/vipidentity/authentication.resolver.js';
import { VipCredentialResolver } from '../resolvers/vipidentity/credential.resolver.js';
import { PersonResolver } from '../resolvers/vipidentity/person.resolver.js';
import { Person } from '../resolvers/vipidentity/person.type.js';
import { VipPushEvents } from '../resolvers/vipidentity/push.events.js';
import { VipPushResolver } from '../resolvers/vipidentity/push.resolver.js';
import { PushService } from '../resolvers/vipidentity/push.service.js';
import { resolveVipPushes, resolveVipUsers } from '../resolvers/vipidentity/references.js';
import { VipRiskResolver } from '../resolvers/vipidentity/risk.resolver.js';
import { VipTemporaryPasswordResolver } from '../resolvers/vipidentity/temporary-password.resolver.js';
import { VipUserEvents } from '../resolvers/vipidentity/user.events.js';
import { VipUserResolver } from '../resolvers/vipidentity/user.resolver.js';
import { UserService } from '../resolvers/vipidentity/user.service.js';
import { vipidentity as provider } from '../src/providers/vipidentity/provider.js';
import { pushWatch } from '../src/providers/vipidentity/push-watch.js';
import { userWatch } from '../src/providers/vipidentity/user-watch.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';

/** Symantec VIP: users, credentials, one-time codes, push, risk. */
export const vipidentity = defineSubgraph({
  provider,
  watches: [pushWatch, userWatch],
  createServices: (client, tools) => ({
    client,
    users: new UserService({ client, ...tools }),
    pushes: new PushService({ client, ...tools }),
  }),
  resolvers: [
    VipUserResolver,
    VipUserEvents,
    VipCredentialResolver,
    VipTemporaryPasswordResolver,
    VipAuthenticationResolver,
    VipPushResolver,
    VipPushEvents,
    VipRiskResolver,
    PersonResolver,
  ],
  person: Person,
  references: { VipUser: resolveVipUsers, VipPush: resolveVipPushes },
});
