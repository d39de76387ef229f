import 'reflect-metadata';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type IntrospectionQuery,
} from 'graphql';
import { compose } from '../../src/gateway/compose.js';
import { packagePath } from '../../src/package-path.js';
import type { Subgraph } from '../../src/subgraph/subgraph.js';
import { subgraphs } from '../../subgraphs/index.js';
import { post } from '../support/gateway/post.js';
import { remotely, Service } from '../support/gateway/remote.js';
import { MODES, startGateway } from '../support/gateway/start.js';

async function introspected(endpoint: string): Promise<string> {
  const { body } = await post(
    endpoint,
    getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }),
  );
  const told = lexicographicSortSchema(buildClientSchema(body.data as unknown as IntrospectionQuery));
  return `${printSchema(told)}\n`;
}

for (const [mode, start] of MODES) {
  test(`with subgraphs ${mode}, introspection tells the composed schema and nothing besides`, async (t) => {
    const { endpoint, world } = await start(t);
    assert.equal(await introspected(endpoint), compose(world.subgraphs()).apiSdl);
  });
}

const published = readFileSync(packagePath('schema/api.graphql'), 'utf8');
/** The product's own subgraphs, without the providers: introspection calls none. */
const own: readonly Subgraph[] = subgraphs.map(({ build }) => ({ ...build(), contextFor: () => ({}) }));

test("with the product's subgraphs in this process, introspection tells what schema/api.graphql says", async (t) => {
  const local = own.map((subgraph) => ({ name: subgraph.name, sdl: subgraph.sdl, local: subgraph }));
  const { endpoint } = await startGateway(t, { subgraphs: local });
  assert.equal(await introspected(endpoint), published);
});

test("with the product's subgraphs as services, introspection tells what schema/api.graphql says", async (t) => {
  const services = await Promise.all(own.map((subgraph) => new Service(subgraph).start()));
  t.after(() => Promise.all(services.map((service) => service.stop())));
  const remote = remotely(new Map(services.map((service) => [service.subgraph.name, service])));
  const { endpoint } = await startGateway(t, remote);
  assert.equal(await introspected(endpoint), published);
});
