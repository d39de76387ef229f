import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose as composeGraph } from '../gateway/compose.js';
import { KEPT, keptGraphOf } from '../gateway/kept-graph.js';
import { subgraphs } from '../../subgraphs/index.js';
import type { Command } from './command.js';

const DIRECTORY = 'schema';

/** Prints the composed API and writes, or checks, the SDL files that are kept in the repository. */
export const compose: Command = {
  options: { check: { type: 'boolean' } },
  maxWords: 0,
  run({ options }) {
    const built = subgraphs.map((module) => module.build());
    const composition = composeGraph(built);
    const { supergraphSdl, apiSdl } = composition;
    const files = new Map([
      ...built.map(({ name, sdl }) => [`${name}.graphql`, sdl] as const),
      [KEPT.supergraph, supergraphSdl],
      [KEPT.api, apiSdl],
      [KEPT.graph, JSON.stringify(keptGraphOf(built, composition), null, 2)],
    ]);
    if (options.check) return Promise.resolve(check(files));
    mkdirSync(DIRECTORY, { recursive: true });
    for (const [name, sdl] of files) writeFileSync(join(DIRECTORY, name), withNewline(sdl));
    process.stdout.write(withNewline(apiSdl));
    return Promise.resolve(0);
  },
};

function check(files: ReadonlyMap<string, string>): number {
  const drifted = [...files].filter(([name, sdl]) => readIfThere(join(DIRECTORY, name)) !== withNewline(sdl));
  for (const [name] of drifted) {
    process.stderr.write(`${join(DIRECTORY, name)} is not what the code prints: run npm run fix.\n`);
  }
  return drifted.length === 0 ? 0 : 1;
}

function withNewline(text: string): string {
  return `${text.trimEnd()}\n`;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
