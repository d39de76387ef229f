// One Apollo Server over the merged resolvers.
import { makeExecutableSchema } from '@graphql-tools/schema';
import { MERGED } from '../world.ts';
import { serveApollo } from './serve.js';

await serveApollo({ schema: makeExecutableSchema(MERGED) });
