import { readFileSync, writeFileSync } from 'node:fs';
import { packagePath } from '../package-path.js';
import type { Command } from './command.js';
import { UsageError } from './command.js';
import { manifestOf } from './document-manifest.js';

/** Writes, or checks, the manifest of the operations that a client's folders hold. */
export const documents: Command = {
  options: { out: { type: 'string' }, check: { type: 'boolean' } },
  maxWords: 100,
  run({ words, options: { out, check } }) {
    if (words.length === 0) throw new UsageError('Name the folders; see sealgraph documents --help.');
    if (typeof out !== 'string')
      throw new UsageError('Name the file to write with --out; see sealgraph documents --help.');
    const sdl = readFileSync(packagePath('schema/api.graphql'), 'utf8');
    const text = `${JSON.stringify(manifestOf(words, sdl), null, 2)}\n`;
    if (check) return Promise.resolve(compare(out, text));
    writeFileSync(out, text);
    return Promise.resolve(0);
  },
};

function compare(out: string, text: string): number {
  if (readIfThere(out) === text) return 0;
  process.stderr.write(`${out} does not hold the operations of these folders: write it anew.\n`);
  return 1;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
