// Three plain Apollo subgraphs; prints the address of each, by its name, in one line of JSON.
import process from 'node:process';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { SUBGRAPHS } from '../world.ts';

const urls = {};
for (const { name, sdl, resolvers, find } of SUBGRAPHS) {
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: { ...resolvers, Product: { __resolveReference: find } },
  });
  const { url } = await startStandaloneServer(
    new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] }),
    {
      listen: { host: '127.0.0.1', port: 0 },
    },
  );
  urls[name] = url;
}
process.stdout.write(`${JSON.stringify(urls)}\n`);
