// Sealgraph's gateway over the world of the query figures, in the way the environment says.
import { addResolversToSchema } from '@graphql-tools/schema';
import { buildASTSchema, parse } from 'graphql';
import { pino } from 'pino';
import { createJwtAuthenticator } from '../../src/auth/jwt-authenticator.js';
import type { Authenticator } from '../../src/auth/authenticator.js';
import { systemClock } from '../../src/clock.js';
import { Secret } from '../../src/config/index.js';
import { createGateway } from '../../src/gateway/index.js';
import { createLogger } from '../../src/logger.js';
import { federate } from '../../src/subgraph/federate.js';
import { SUBGRAPHS } from '../world.js';

const services = process.env['BENCH_SERVICES'];
const urls: Readonly<Record<string, string>> = services === undefined ? {} : JSON.parse(services);
const isBare = process.env['BENCH_BARE'] === '1';
const logger = isBare
  ? createLogger({ level: 'silent' })
  : createLogger({ level: 'info', destination: pino.destination({ dest: '/dev/null', sync: true }) });
const anyone: Authenticator = {
  authenticate: async () => ({ tenant: 'bench', subject: 'anna', scopes: new Set() }),
};

const jwt = {
  key: { type: 'secret', secret: new Secret(process.env['JWT_SECRET'] ?? '') },
  issuer: process.env['JWT_ISSUER'] ?? '',
  audience: process.env['JWT_AUDIENCE'] ?? '',
  tenantClaim: 'tenant',
  tenants: undefined,
  algorithms: ['HS256'],
  clock: systemClock,
  logger,
} as const;

const gateway = await createGateway({
  subgraphs: SUBGRAPHS.map(({ name, typeDefs, sdl, resolvers, find }) => {
    const url = urls[name];
    if (url !== undefined) return { name, sdl, url };
    const base = addResolversToSchema({
      schema: buildASTSchema(parse(typeDefs), { assumeValidSDL: true }),
      resolvers,
    });
    const federated = federate(base, {
      Product: { fromKey: ({ id }) => find({ id: String(id) }) },
    });
    return {
      name,
      sdl: federated.sdl,
      local: { name, ...federated, contextFor: (call) => call },
    };
  }),
  authenticator: isBare ? anyone : createJwtAuthenticator(jwt),
  contextHeaders: () => ({}),
  clock: systemClock,
  logger,
  cors: [],
  introspection: true,
  ...(isBare && {
    limits: {
      depth: Infinity,
      aliases: Infinity,
      rootFields: Infinity,
      directives: Infinity,
      cost: Infinity,
    },
  }),
});
process.once('SIGINT', () => process.exit());
process.stdout.write(`${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql\n`);
