import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledPackage } from '../installed-packages.js';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The licences of what is inside the bundles, with their texts, for the package: that is what they ask for. */
export function thirdPartyLicences(bundled: readonly InstalledPackage[]): string {
  const sections = bundled.map((one) => {
    const head = `${one.name} ${one.version}: ${one.licence ?? 'no licence named'}`;
    return [`${'='.repeat(80)}\n${head}\n${'='.repeat(80)}`, ...textsOf(one.path)].join('\n\n');
  });
  return `Parts of these packages are in the files of this one, each under its own licence.\n\n${sections.join('\n\n')}\n`;
}

function textsOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
}
