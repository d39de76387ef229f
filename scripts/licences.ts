import type { InstalledPackage } from './installed-packages.js';

const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'Zlib', 'Python-2.0'],
]);

/** Packages under another licence that are fine nevertheless, each for the reason beside it. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  // Used unchanged, as a library of its own that whoever runs this can replace: what the LGPL asks for.
  ['openpgp', 'LGPL-3.0+'],
]);

/** One sentence for every production package whose licence is not allowed. */
export function licenceProblems(packages: readonly InstalledPackage[]): string[] {
  return packages
    .filter(({ isDev, name, licence }) => !isDev && !isAllowed(licence) && !isException(name, licence))
    .map(({ name, version, licence }) => `${name}@${version} has the licence ${licence ?? '(none named)'}.`);
}

function isException(name: string, licence: string | undefined): boolean {
  return licence !== undefined && EXCEPTIONS.get(name) === licence;
}

/** Whether an SPDX expression lets us choose allowed licences. One that mixes AND with OR is left to a person: no. */
export function isAllowed(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const terms = expression.replace(/[()]/g, '').trim().split(/\s+/);
  const licences = terms.filter((_, index) => index % 2 === 0);
  const operators = new Set(terms.filter((_, index) => index % 2 === 1));
  if (operators.size === 0 || (operators.size === 1 && operators.has('AND'))) {
    return licences.every((licence) => ALLOWED.has(licence));
  }
  return operators.size === 1 && operators.has('OR') && licences.some((licence) => ALLOWED.has(licence));
}
