import 'reflect-metadata';
import { XqAccountResolver } from '../resolvers/xqkeys/account.resolver.js';
import { Authorizations } from '../resolvers/xqkeys/authorizations.js';
import type { XqkeysServices } from '../resolvers/xqkeys/context.js';
import { XqDashboardResolver } from '../resolvers/xqkeys/dashboard.resolver.js';
import { XqDeviceResolver } from '../resolvers/xqkeys/device.resolver.js';
import { KeyBook } from '../resolvers/xqkeys/key-book.js';
import { KeyMaker } from '../resolvers/xqkeys/key-maker.js';
import { XqKeyEvents } from '../resolvers/xqkeys/key.events.js';
import { XqKeyResolver } from '../resolvers/xqkeys/key.resolver.js';
import { KeyService } from '../resolvers/xqkeys/key.service.js';
import { XqPersonResolver } from '../resolvers/xqkeys/person.resolver.js';
import { Person } from '../resolvers/xqkeys/person.type.js';
import { resolveXqKeys } from '../resolvers/xqkeys/references.js';
import { XqSealResolver } from '../resolvers/xqkeys/seal.resolver.js';
import { SealService } from '../resolvers/xqkeys/seal.service.js';
import { XqSessionEvents } from '../resolvers/xqkeys/session.events.js';
import { XqSessionResolver } from '../resolvers/xqkeys/session.resolver.js';
import { Sessions } from '../resolvers/xqkeys/sessions.js';
import { XqViewerResolver, Viewer } from '../resolvers/xqkeys/viewer.resolver.js';
import { authorizationWatch } from '../src/providers/xqkeys/authorization-watch.js';
import type { XqkeysClient } from '../src/providers/xqkeys/client.js';
import { xqkeys as provider } from '../src/providers/xqkeys/provider.js';
import { keyWatch } from '../src/providers/xqkeys/key-watch.js';
import { LiveReader } from '../src/providers/xqkeys/live-reader.js';
import { sessionWatch } from '../src/providers/xqkeys/session-watch.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';
import type { SubgraphTools } from '../src/subgraph/define-subgraph.js';

/** XQ Message: create, share, watch and revoke encryption keys. */
export const xqkeys = defineSubgraph({
  provider,
  // They read with the sealed sessions, so they are registered together with those.
  watches: [],
  createServices,
  resolvers: [
    XqSessionResolver,
    XqDeviceResolver,
    XqAccountResolver,
    XqKeyResolver,
    XqSealResolver,
    XqDashboardResolver,
    XqPersonResolver,
    XqSessionEvents,
    XqKeyEvents,
    XqViewerResolver,
  ],
  person: Person,
  viewer: Viewer,
  references: { XqKey: resolveXqKeys },
});

function createServices(client: XqkeysClient, tools: SubgraphTools): XqkeysServices {
  const { live, clock } = tools;
  const { pollIntervalMs } = client;
  const sessions = new Sessions(tools);
  const authorizations = new Authorizations({ ...tools, client, sessions });
  const book = new KeyBook(tools);
  const reader = new LiveReader({ client, credentials: sessions, clock });
  const kind = keyWatch(pollIntervalMs);
  const sessionKind = sessionWatch({ clock, pollIntervalMs });
  live.register(kind, reader);
  live.register(sessionKind, reader);
  live.register(authorizationWatch, authorizations);
  const maker = new KeyMaker({ ...tools, client, sessions, book });
  const keys = new KeyService({ ...tools, client, sessions, book, reader, kind });
  return {
    ...tools,
    client,
    sessions,
    authorizations,
    maker,
    keys,
    seals: new SealService(maker, keys),
    sessionKind,
  };
}
