import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { InstalledPackage } from '../installed-packages.js';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * The licences of what is inside the bundles, with their texts, for the package: that is what they ask for.
 * @throws Error for a package that brings no text and whose licence has no text here
 */
export function thirdPartyLicences(bundled: readonly InstalledPackage[]): string {
  const sections = bundled.map((one) => {
    const head = `${one.name} ${one.version}: ${one.licence ?? 'no licence named'}`;
    return [`${'='.repeat(80)}\n${head}\n${'='.repeat(80)}`, ...textsOf(one)].join('\n\n');
  });
  return `Parts of these packages are in the files of this one, each under its own licence.\n\n${sections.join('\n\n')}\n`;
}

function textsOf(one: InstalledPackage): string[] {
  const files = existsSync(one.path) ? readdirSync(one.path).filter((file) => LICENCE_FILE.test(file)) : [];
  if (files.length === 0) return [standardText(one)];
  return files.sort().map((file) => readFileSync(join(one.path, file), 'utf8').trim());
}

const ISC = `\
Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.`;

const manifest = z.object({
  author: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).optional(),
});

/** Some packages name their licence only: it is then its common text, with whoever they say made them. */
function standardText({ name, licence, path }: InstalledPackage): string {
  const text = STANDARD.get(licence ?? '')?.();
  if (text === undefined)
    throw new Error(`${name} has no text of its licence, ${licence ?? 'which it does not name'}.`);
  const { author = `the authors of ${name}` } = manifest.parse(
    JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
  );
  return `Copyright (c) ${author}\n\n${text}`;
}

const STANDARD: ReadonlyMap<string, () => string> = new Map([
  // Our own licence, without its heading and our name.
  [
    'MIT',
    () =>
      readFileSync('LICENSE', 'utf8')
        .replace(/^[^]*?(?=Permission is hereby granted)/, '')
        .trim(),
  ],
  ['ISC', () => ISC],
]);
