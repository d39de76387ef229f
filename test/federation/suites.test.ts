import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { contextHeaders, Service } from '../support/gateway/remote.js';
import { startGateway } from '../support/gateway/start.js';
import { interfaceObjects, interfaces, unions } from './suites/abstract.js';
import { conditions } from './suites/conditions.js';
import { nestedProvides, onlyWhatIsAsked, providesThroughInterfaces } from './suites/provides.js';
import { requiresWithArguments, simpleRequires } from './suites/requires.js';
import { circularRequires, requiresOfInterfaces } from './suites/requires-deep.js';
import { intersections, keys, mutations, sharedRoots } from './suites/roots.js';

const SUITES = [
  conditions,
  ...[simpleRequires, requiresWithArguments, circularRequires, requiresOfInterfaces],
  ...[onlyWhatIsAsked, nestedProvides, providesThroughInterfaces],
  ...[unions, interfaces, interfaceObjects],
  ...[mutations, sharedRoots, keys, intersections],
];

for (const { name, subgraphs, cases } of SUITES)
  for (const mode of ['in this process', 'as services'])
    test(`${name}: ${cases.length} operations are answered with subgraphs ${mode}`, async (t) => {
      const own = subgraphs();
      const services =
        mode === 'as services' ? await Promise.all(own.map((one) => new Service(one).start())) : [];
      t.after(() => Promise.all(services.map((service) => service.stop())));
      const { endpoint } = await startGateway(t, {
        contextHeaders,
        subgraphs: own.map(({ name, sdl, schema, ...rest }, at) => {
          const service = services[at];
          return service
            ? { name, sdl, schema, url: service.url }
            : { name, sdl, local: { name, sdl, schema, ...rest } };
        }),
      });
      const wrong: string[] = [];
      for (const [document, data, variables = {}] of cases) {
        const { body } = await post(endpoint, document, { variables });
        const isRight = data === null ? body.errors && !body.data : !body.errors && isEqual(body.data, data);
        if (!isRight) wrong.push(`${document}: ${JSON.stringify(body)}`);
      }
      assert.deepEqual(wrong, []);
    });

function isEqual(found: unknown, expected: unknown): boolean {
  try {
    assert.deepStrictEqual(found, expected);
    return true;
  } catch {
    return false;
  }
}
