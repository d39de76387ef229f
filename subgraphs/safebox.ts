import 'reflect-metadata';
import { Accesses } from '../resolvers/safebox/accesses.js';
import { SafeBoxAccountResolver } from '../resolvers/safebox/account.resolver.js';
import { Begun } from '../resolvers/safebox/begun.js';
import { boxActions } from '../resolvers/safebox/box-actions.js';
import { safeBoxEvents } from '../resolvers/safebox/box.events.js';
import { SafeBoxResolver } from '../resolvers/safebox/box.resolver.js';
import { BoxService } from '../resolvers/safebox/box.service.js';
import { BoxWatches } from '../resolvers/safebox/box-watches.js';
import { SafeBoxContentResolver } from '../resolvers/safebox/content.resolver.js';
import { ContentService } from '../resolvers/safebox/content.service.js';
import type { SafeboxServices } from '../resolvers/safebox/context.js';
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
import type { SafeboxClient } from '../src/providers/safebox/client.js';
import { Inboxes } from '../src/providers/safebox/inbox.js';
import { LiveReader } from '../src/providers/safebox/live-reader.js';
import { safebox as provider } from '../src/providers/safebox/provider.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';
import type { SubgraphTools } from '../src/subgraph/define-subgraph.js';

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
    ...boxActions,
    SafeBoxContentResolver,
    SafeBoxFileResolver,
    SafeBoxParticipantResolver,
    SafeBoxFavoriteResolver,
    SafeBoxPersonResolver,
    ...safeBoxEvents,
    SafeBoxViewerResolver,
  ],
  person: Person,
  viewer: Viewer,
  references: { SafeBox: resolveSafeBoxes },
});

function createServices(client: SafeboxClient, tools: SubgraphTools): SafeboxServices {
  const { clock } = tools;
  const { enterpriseToken, pollIntervalMs } = client;
  const accesses = new Accesses({ ...tools, enterpriseToken });
  const drafts = new Drafts(tools);
  const inboxes = new Inboxes({ client, clock });
  const reader = new LiveReader({ client, sessions: accesses, inboxes, clock });
  const watches = new BoxWatches({ ...tools, accesses, reader, inboxes, pollIntervalMs });
  const files = new FileService({ ...tools, client, accesses, drafts });
  return {
    client,
    clock,
    accesses,
    begun: new Begun(tools),
    drafts,
    files,
    inboxes,
    watches,
    boxes: new BoxService({ client, accesses, watches }),
    content: new ContentService({ client, drafts, files }),
  };
}
