import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ask } from '../../scripts/coverage/ask.js';
import { createWorlds, type Worlds } from '../../scripts/coverage/world.js';
import { subgraphs } from '../../subgraphs/index.js';

const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((page) =>
  page.endsWith('.md'),
);
const all = subgraphs.map(({ name }) => name);

let worlds: Worlds;
before(async () => {
  worlds = await createWorlds();
});
after(() => worlds.close());

for (const page of pages) {
  const operations = operationsOf(readFileSync(page, 'utf8'));
  if (operations.length === 0) continue;
  test(`the operations shown in ${page} run, one after the other`, async () => {
    const world = await worlds.open(all);
    try {
      const answers: string[] = [];
      for (const operation of operations) {
        const pasted = operation.replace(/<(\w+)>/g, (_all, name: string) => valueOf(name, answers));
        answers.push(JSON.stringify(await ask(world.url, pasted, {})));
      }
    } finally {
      await world.close();
    }
  });
}

test('a page holds operations that can be run', () => {
  assert.deepEqual(operationsOf('a\n```graphql\nquery { a }\n```\n```json\n{}\n```'), ['query { a }']);
});

function operationsOf(text: string): string[] {
  return [...text.matchAll(/^```graphql\n(.*?)\n```$/gms)].map(([, operation = '']) => operation);
}

/** What a reader puts in for `<id>`: the value of that name in the latest answer that has one. */
function valueOf(name: string, answers: readonly string[]): string {
  const found = [...answers]
    .reverse()
    .flatMap((text) => new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1] ?? []);
  assert.ok(found[0], `no answer before has a ${name}`);
  return found[0];
}
