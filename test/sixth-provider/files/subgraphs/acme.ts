import 'reflect-metadata';
import { AcmePersonResolver, Person } from '../resolvers/acme/person.js';
import { AcmeRequestEvents, AcmeRequestResolver, sentRequest } from '../resolvers/acme/request.js';
import { acme as provider } from '../src/providers/acme/provider.js';
import { requestWatch } from '../src/providers/acme/request-watch.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';
import { Tracked } from '../src/subgraph/tracked.js';

/** Acme: asks somebody for a yes or a no. */
export const acme = defineSubgraph({
  provider,
  watches: [requestWatch],
  createServices: (client, tools) => ({
    client,
    requests: new Tracked({
      ...tools,
      kind: requestWatch,
      schema: sentRequest,
      keyOf: (id) => id,
      deadlineOf: ({ expiresAt }) => expiresAt,
    }),
  }),
  resolvers: [AcmeRequestResolver, AcmeRequestEvents, AcmePersonResolver],
  person: Person,
  references: {},
});
