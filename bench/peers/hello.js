// The least an Apollo Server can be: it answers the documents of the real graph from constants.
import process from 'node:process';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { serveApollo } from './serve.js';

const { typeDefs, root } = JSON.parse(process.env.BENCH_HELLO);
await serveApollo({ schema: makeExecutableSchema({ typeDefs }), rootValue: root });
