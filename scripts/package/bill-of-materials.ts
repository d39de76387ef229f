import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import type { InstalledPackage } from '../installed-packages.js';

const MAX_BYTES = 64 * 1024 * 1024;

const bill = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(z.looseObject({ 'bom-ref': z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

/** CycloneDX of what is given and of the package called so. */
export function billOfMaterials(name: string, shipped: readonly InstalledPackage[]): object {
  // Told to leave out what is for development, npm leaves out too what both need.
  const order = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const text = execFileSync('npm', order, { encoding: 'utf8', maxBuffer: MAX_BYTES });
  const { metadata, components, dependencies, ...rest } = bill.parse(JSON.parse(text));
  const refs = new Set(shipped.map((one) => `${one.name}@${one.version}`));
  const isShipped = (ref: string): boolean => refs.has(ref);
  return {
    ...rest,
    // npm calls it after the folder, and knows the repository, which is not published, only.
    metadata: { ...metadata, component: { ...metadata.component, name, properties: [] } },
    components: components
      .filter((one) => isShipped(one['bom-ref']))
      // For whoever works on this it may be for development alone; it is in the package nevertheless.
      .map((one) => ({ ...one, scope: 'required', properties: [] })),
    dependencies: dependencies
      .filter(({ ref }) => isShipped(ref) || ref === metadata.component['bom-ref'])
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
  };
}
