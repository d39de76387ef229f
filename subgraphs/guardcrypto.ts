import 'reflect-metadata';
import { GuardAccountResolver } from '../resolvers/guardcrypto/account.resolver.js';
import { GuardCertificateResolver } from '../resolvers/guardcrypto/certificate.resolver.js';
import type { GuardServices } from '../resolvers/guardcrypto/context.js';
import { GuardExternalKeyResolver } from '../resolvers/guardcrypto/external-key.resolver.js';
import { GuardGuestResolver } from '../resolvers/guardcrypto/guest.resolver.js';
import { GuardKeyChangeResolver } from '../resolvers/guardcrypto/key-change.resolver.js';
import { GuardKeyResolver } from '../resolvers/guardcrypto/key.resolver.js';
import { GuardKeysEvents } from '../resolvers/guardcrypto/keys.events.js';
import { KeptTokens } from '../resolvers/guardcrypto/kept-tokens.js';
import { LiveService } from '../resolvers/guardcrypto/live.service.js';
import { openLocal } from '../resolvers/guardcrypto/local-context.js';
import { GuardLocalEncryptResolver } from '../resolvers/guardcrypto/local-encrypt.resolver.js';
import { GuardLocalInspectResolver } from '../resolvers/guardcrypto/local-inspect.resolver.js';
import { GuardLocalVerifyResolver } from '../resolvers/guardcrypto/local-verify.resolver.js';
import { GuardMailResolver } from '../resolvers/guardcrypto/mail.resolver.js';
import { MailService } from '../resolvers/guardcrypto/mail.service.js';
import { GuardPersonResolver } from '../resolvers/guardcrypto/person.resolver.js';
import { Person } from '../resolvers/guardcrypto/person.type.js';
import { GuardPrivateKeyResolver } from '../resolvers/guardcrypto/private-key.resolver.js';
import { resolveGuardKeyRings } from '../resolvers/guardcrypto/references.js';
import { GuardSessionEvents } from '../resolvers/guardcrypto/session.events.js';
import { GuardSessionResolver } from '../resolvers/guardcrypto/session.resolver.js';
import { createSessions } from '../resolvers/guardcrypto/sessions.js';
import { GuardSupportResolver } from '../resolvers/guardcrypto/support.resolver.js';
import { GuardTokenResolver } from '../resolvers/guardcrypto/token.resolver.js';
import { GuardViewerResolver, Viewer } from '../resolvers/guardcrypto/viewer.resolver.js';
import type { GuardClient } from '../src/providers/guardcrypto/client.js';
import { guardcrypto as provider } from '../src/providers/guardcrypto/provider.js';
import { LiveReader } from '../src/providers/guardcrypto/live-reader.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';
import type { SubgraphTools } from '../src/subgraph/define-subgraph.js';

/** OX Guard: PGP and S/MIME keys, certificates, mail crypto. */
export const guardcrypto = defineSubgraph({
  provider,
  // They read with the sealed sessions, so they are registered together with those.
  watches: [],
  createServices,
  openLocal,
  resolvers: [
    GuardSessionResolver,
    GuardAccountResolver,
    GuardTokenResolver,
    GuardKeyResolver,
    GuardKeyChangeResolver,
    GuardPrivateKeyResolver,
    GuardExternalKeyResolver,
    GuardCertificateResolver,
    GuardGuestResolver,
    GuardMailResolver,
    GuardSupportResolver,
    GuardPersonResolver,
    GuardSessionEvents,
    GuardKeysEvents,
    GuardLocalInspectResolver,
    GuardLocalVerifyResolver,
    GuardLocalEncryptResolver,
    GuardViewerResolver,
  ],
  person: Person,
  viewer: Viewer,
  references: { GuardKeyRing: resolveGuardKeyRings },
});

function createServices(client: GuardClient, tools: SubgraphTools): GuardServices {
  const sessions = createSessions({ ...tools, client });
  const tokens = new KeptTokens(tools);
  const reader = new LiveReader({ ...tools, client, sessions });
  const live = new LiveService({ ...tools, reader, sessions });
  const mails = new MailService({ ...tools, client, sessions, live });
  return { ...tools, client, sessions, tokens, live, mails };
}
