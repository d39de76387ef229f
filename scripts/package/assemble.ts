import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInstalledPackages } from '../installed-packages.js';
import { licenceProblems } from '../licences.js';
import { billOfMaterials } from './bill-of-materials.js';
import { bundledPaths } from './bundled.js';
import { manifestOf } from './manifest.js';
import { neededBy } from './needed-by.js';
import { thirdPartyLicences } from './third-party-licences.js';

/** What is put into the package, from the root of the repository. */
const CONTENT = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'LICENSE', '.env.example', 'docs'],
  ...['examples', 'deploy', 'docker-compose.yml'],
  ...['dist/bundle', 'dist/pages', 'dist/client', 'dist/types', 'schema', 'src/providers/vipidentity/wsdl'],
];
/** Source maps are most of the bytes; the rest is of use to those who work on this repository alone. */
const LEFT_OUT = /\.map(\.gz)?$|^schema\/(answers|coverage\.json|provider-api\.json)/;

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

  const packages = readInstalledPackages('.');
  const taken = bundledPaths();
  const beside = neededBy(packages, [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.optionalDependencies),
  ]);
  const bundled = packages.filter(({ path }) => taken.has(path));
  // What pages take in is for development alone in the eyes of npm.
  const [problem] = licenceProblems(bundled.map((one) => ({ ...one, isDev: false })));
  if (problem !== undefined) throw new Error(problem);
  writeFileSync(join(folder, 'THIRD_PARTY_LICENSES'), thirdPartyLicences(bundled));
  write('sbom.cdx.json', billOfMaterials(manifest.name, [...bundled, ...beside]));
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
