import { after, before, describe } from 'node:test';
import type { Teardown } from '../support/simulators.js';
import { consoleTests } from './console.js';
import { graphiqlTests } from './graphiql.js';
import { hooksTests } from './hooks.js';
import { startBrowser, startProduct } from './world.js';
import type { Product, Surfer } from './world.js';

// One browser and one product (`startSealgraph`) for all: starting them takes longer than using them.
let surfer: Surfer;
let product: Product;
const ends: (() => Promise<void>)[] = [];
const wholeFile: Teardown = { after: (end) => ends.unshift(end) };

before(async () => {
  [surfer, product] = await Promise.all([startBrowser(wholeFile), startProduct(wholeFile)]);
});

after(async () => {
  for (const end of ends) await end();
});

describe('the console', () => consoleTests(() => ({ surfer, product })));
describe('GraphiQL', () => graphiqlTests(() => ({ surfer, product })));
describe('the hooks', () => hooksTests(() => ({ surfer, product })));
