// One document over three subgraphs, five rows with four joined fields and a list each: answers per second of
// Sealgraph and of what else answers it, in one run.
import { compose } from '../src/gateway/compose.js';
import { createTokenIssuer } from '../test/support/token-issuer.js';
import { contest, ratio, start } from './support/contest.js';
import { median } from './support/median.js';
import { report } from './support/report.js';
import { QUERY, SUBGRAPHS } from './world.js';

const ROUNDS = 5;
const SECONDS = 2;

const issuer = createTokenIssuer();
const headers = { authorization: `Bearer ${await issuer.tokenFor('anna', [], 3_600)}` };
const services = await start('peers/services.js');
const urls: Readonly<Record<string, string>> = JSON.parse(services.line);
const { supergraphSdl } = compose(SUBGRAPHS.map(({ name, sdl }) => ({ name, sdl, url: urls[name] ?? '' })));
const programs = {
  apolloGateway: await start('peers/apollo-gateway.js', { BENCH_SUPERGRAPH: supergraphSdl }),
  direct: await start('peers/direct.js'),
  graphqlHttp: await start('peers/graphql-http.js'),
  monolith: await start('peers/monolith.js'),
  sealgraph: await start('contestants/sealgraph.ts', issuer.settings),
  bare: await start('contestants/sealgraph.ts', { BENCH_BARE: '1' }),
  sealgraphServices: await start('contestants/sealgraph.ts', {
    ...issuer.settings,
    BENCH_SERVICES: services.line,
  }),
};
const rounds = await contest(
  Object.entries(programs).map(([name, { line: url }]) => ({ name, url, query: QUERY, headers })),
  { rounds: ROUNDS, seconds: SECONDS },
);
await Promise.all([...Object.values(programs), services].map((program) => program.stop()));

report('query', {
  ...Object.fromEntries([...rounds].map(([name, rates]) => [`${name}PerSecond`, median(rates)])),
  ofApolloGateway: ratio(rounds, 'sealgraph', 'apolloGateway'),
  ofDirect: ratio(rounds, 'sealgraph', 'direct'),
  ofMonolith: ratio(rounds, 'sealgraph', 'monolith'),
  ofGraphqlHttp: ratio(rounds, 'sealgraph', 'graphqlHttp'),
  servicesOfApolloGateway: ratio(rounds, 'sealgraphServices', 'apolloGateway'),
  checksCost: 1 - ratio(rounds, 'sealgraph', 'bare'),
});
