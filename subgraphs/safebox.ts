import 'reflect-metadata';
import { AccessService } from '../resolvers/safebox/access.service.js';
import { SafeBoxAccountResolver } from '../resolvers/safebox/account.resolver.js';
import { SafeBoxActionResolver } from '../resolvers/safebox/box-action.resolver.js';
import { SafeBoxEvents } from '../resolvers/safebox/box.events.js';
import { SafeBoxResolver } from '../resolvers/safebox/box.resolver.js';
import { BoxService } from '../resolvers/safebox/box.service.js';
import { SafeBoxContentResolver } from '../resolvers/safebox/content.resolver.js';
import { ContentService } from '../resolvers/safebox/content.service.js';
import { Drafts } from '../resolvers/safebox/drafts.js';
import { SafeBoxFavoriteResolver } from '../resolvers/safebox/favorite.resolver.js';
import { SafeBoxFileResolver } from '../resolvers/safebox/file.resolver.js';
import { FileService } from '../resolvers/safebox/file.service.js';
import { SafeBoxParticipantResolver } from '../resolvers/safebox/participant.resolver.js';
import { SafeBoxPersonResolver } from '../resolvers/safebox/person.resolver.js';
import { Person } from '../resolvers/safebox/person.type.js';
import { resolveSafeBoxes } from '../resolvers/safebox/references.js';
import { SafeBoxSessionResolver } from '../resolvers/safebox/session.resolver.js';
import { SafeBoxViewerResolver, Viewer } from '../resolvers/safebox/viewer.resolver.js';
import { boxWatch } from '../src/providers/safebox/box-watch.js';
import type { SafeboxClient } from '../src/providers/safebox/client.js';
import { safebox as provider } from '../src/providers/safebox/provider.js';
import { inboxWatch } from '../src/providers/safebox/inbox-watch.js';
import { Inboxes } from '../src/providers/safebox/inbox.js';
import { LiveReader } from '../src/providers/safebox/live-reader.js';
import { Sessions } from '../resolvers/safebox/sessions.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';
import type { SubgraphTools } from '../src/subgraph/define-subgraph.js';
import type { SafeboxServices } from '../resolvers/safebox/context.js';

/** XMedius SendSecure: files and messages in time-limited boxes. */
export const safebox = defineSubgraph({
  provider,
  // They read with the sealed sessions, so they are registered together with those.
  watches: [],
  createServices,
  resolvers: [
    SafeBoxSessionResolver,
    SafeBoxAccountResolver,
    SafeBoxResolver,
    SafeBoxActionResolver,
    SafeBoxContentResolver,
    SafeBoxFileResolver,
    SafeBoxParticipantResolver,
    SafeBoxFavoriteResolver,
    SafeBoxPersonResolver,
    SafeBoxEvents,
    SafeBoxViewerResolver,
  ],
  person: Person,
  viewer: Viewer,
  references: { SafeBox: resolveSafeBoxes },
});

function createServices(client: SafeboxClient, tools: SubgraphTools): SafeboxServices {
  const { live } = tools;
  const sessions = new Sessions({ ...tools, enterpriseToken: client.enterpriseToken });
  const accesses = new AccessService(sessions);
  const drafts = new Drafts(tools);
  const inboxes = new Inboxes({ client, clock: tools.clock });
  const reader = new LiveReader({ client, credentials: sessions, inboxes });
  const boxKind = boxWatch(client.pollIntervalMs);
  const inboxKind = inboxWatch(client.pollIntervalMs);
  live.register(boxKind, reader);
  live.register(inboxKind, reader);
  const files = new FileService({ ...tools, client, sessions, accesses, drafts });
  return {
    ...tools,
    client,
    sessions,
    accesses,
    drafts,
    files,
    boxes: new BoxService({ client, accesses, live, reader, inboxes, boxKind, inboxKind }),
    content: new ContentService({ client, accesses, drafts, files }),
  };
}
