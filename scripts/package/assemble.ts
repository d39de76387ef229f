import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readInstalledPackages } from '../installed-packages.js';
import { manifestOf } from './manifest.js';

/** What is put into the package, from the root of the repository. */
const CONTENT = [
  ...['README.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE', '.env.example', 'docs'],
  ...['dist/bundle', 'dist/pages', 'dist/client', 'dist/types', 'schema', 'src/providers/vipidentity/wsdl'],
];
/** Source maps are most of the bytes; the rest is of use to those who work on this repository alone. */
const LEFT_OUT = /\.map(\.gz)?$|^schema\/(answers|coverage\.json|provider-api\.json)|^docs\/images/;

/** Makes the folder that is published, and that the image is made from, out of what is built. */
export function assemblePackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const path of CONTENT)
    cpSync(path, join(folder, path), { recursive: true, filter: (source) => !LEFT_OUT.test(source) });
  chmodSync(join(folder, 'dist/bundle/main.js'), 0o755);
  const write = (path: string, content: object): void =>
    writeFileSync(join(folder, path), `${JSON.stringify(content, null, 2)}\n`);
  const manifest = manifestOf(read('package.json'), read('package-lock.json'));
  write('package.json', manifest);
  write('sbom.cdx.json', billOfMaterials(manifest.name));
}

const bill = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({}) }),
  components: z.array(z.looseObject({ 'bom-ref': z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string() })),
});

/** All that is in the bundle or installed beside it (CycloneDX). */
function billOfMaterials(name: string): object {
  // Told to leave out what is for development, npm leaves out too what both need.
  const order = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const whole = bill.parse(
    JSON.parse(execFileSync('npm', order, { encoding: 'utf8', maxBuffer: MAX_BYTES })),
  );
  const { metadata, components, dependencies } = whole;
  const shipped = readInstalledPackages('.').filter(({ isDev }) => !isDev);
  const refs = new Set(shipped.map((one) => `${one.name}@${one.version}`));
  return {
    ...whole,
    // npm calls it after the folder.
    metadata: { ...metadata, component: { ...metadata.component, name } },
    components: components.filter((one) => refs.has(one['bom-ref'])),
    dependencies: dependencies.filter(({ ref }) => refs.has(ref) || ref.startsWith(`${name}@`)),
  };
}

const MAX_BYTES = 64 * 1024 * 1024;

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
