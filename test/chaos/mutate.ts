import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { transformSync } from 'esbuild';
import { packagePath } from '../../src/package-path.js';
import type { MutatedSources } from './mutant-loader.js';
import { MUTANTS, type Edit, type Mutant } from './mutants.js';

/**
 * From now on this process loads a mutant of the product.
 * @throws Error when there is no such mutant, or the product is not what its edits expect
 */
export function mutate(name: string): void {
  const mutant = MUTANTS.find((one) => one.name === name);
  if (!mutant) throw new Error(`There is no mutant "${name}".`);
  register('./mutant-loader.js', { parentURL: import.meta.url, data: mutatedSources(mutant) });
}

/** The changed files of a mutant. @throws Error when the product is not what its edits expect */
export function mutatedSources({ edits }: Mutant): MutatedSources {
  return Object.fromEntries(edits.map((edit) => [edit.file.replace(/\.ts$/, ''), mutated(edit)]));
}

function mutated({ file, find, replace }: Edit): string {
  const text = readFileSync(packagePath(file), 'utf8');
  if (text.split(find).length !== 2) throw new Error(`A mutant expects in ${file}, once: ${find}`);
  return transformSync(
    text.replace(find, () => replace),
    { loader: 'ts', format: 'esm', target: 'node20' },
  ).code;
}
