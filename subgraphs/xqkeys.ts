import 'reflect-metadata';
import { XqAccountResolver } from '../resolvers/xqkeys/account.resolver.js';
import { Authorizations } from '../resolvers/xqkeys/authorizations.js';
import type { XqkeysServices } from '../resolvers/xqkeys/context.js';
import { XqDashboardResolver } from '../resolvers/xqkeys/dashboard.resolver.js';
import { XqDeviceResolver } from '../resolvers/xqkeys/device.resolver.js';
import { KeyBook } from '../resolvers/xqkeys/key-book.js';
import { KeyMaker } from '../resolvers/xqkeys/key-maker.js';
import { XqKeyEvents } from '../resolvers/xqkeys/key.events.js';
import { XqKeyChangeResolver } from '../resolvers/xqkeys/key-change.resolver.js';
import { XqKeyMakingResolver } from '../resolvers/xqkeys/key-making.resolver.js';
import { XqKeyReadingResolver } from '../resolvers/xqkeys/key-reading.resolver.js';
import { XqKeyResolver } from '../resolvers/xqkeys/key.resolver.js';
import { KeyService } from '../resolvers/xqkeys/key.service.js';
import { XqPersonResolver } from '../resolvers/xqkeys/person.resolver.js';
import { Person } from '../resolvers/xqkeys/person.type.js';
import { resolveXqKeys } from '../resolvers/xqkeys/references.js';
import { XqSealResolver } from '../resolvers/xqkeys/seal.resolver.js';
import { XqAuthorizationEvents, XqSessionEvents } from '../resolvers/xqkeys/session.events.js';
import { XqSessionResolver } from '../resolvers/xqkeys/session.resolver.js';
import { createSessions } from '../resolvers/xqkeys/sessions.js';
import { SessionWatch } from '../resolvers/xqkeys/session-watch.js';
import { KeyFetch } from '../resolvers/xqkeys/key-fetch.js';
import { KeyWatches } from '../resolvers/xqkeys/key-watches.js';
import { XqViewerResolver, Viewer } from '../resolvers/xqkeys/viewer.resolver.js';
import type { XqkeysClient } from '../src/providers/xqkeys/client.js';
import { xqkeys as provider } from '../src/providers/xqkeys/provider.js';
import { LiveReader } from '../src/providers/xqkeys/live-reader.js';
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
    XqKeyMakingResolver,
    XqKeyChangeResolver,
    XqKeyReadingResolver,
    XqSealResolver,
    XqDashboardResolver,
    XqPersonResolver,
    XqSessionEvents,
    XqAuthorizationEvents,
    XqKeyEvents,
    XqViewerResolver,
  ],
  person: Person,
  viewer: Viewer,
  references: { XqKey: resolveXqKeys },
});

function createServices(client: XqkeysClient, tools: SubgraphTools): XqkeysServices {
  const { records, clock } = tools;
  const { pollIntervalMs } = client;
  const sessions = createSessions({ ...tools, client });
  const book = new KeyBook(tools);
  const reader = new LiveReader({ client, sessions, clock });
  const keyWatches = new KeyWatches({ ...tools, book, reader, pollIntervalMs });
  return {
    client,
    sessions,
    sessionWatch: new SessionWatch({ ...tools, sessions, reader, pollIntervalMs }),
    authorizations: new Authorizations({ ...tools, client, sessions }),
    maker: new KeyMaker({ ...tools, book }),
    keys: new KeyService({ book, watches: keyWatches, reader, clock }),
    keyWatches,
    fetched: new KeyFetch({
      ...tools,
      later: tools.commands.later,
      client,
      book,
      watches: keyWatches,
      reader,
    }),
    records,
    clock,
  };
}
