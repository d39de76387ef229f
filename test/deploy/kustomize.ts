import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const objectSchema = z.record(z.string(), z.unknown());
const resourceSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** A Kubernetes object, of which only what all have is known. */
export type Resource = z.output<typeof resourceSchema>;

const patchSchema = z.array(
  z.strictObject({ op: z.enum(['add', 'replace']), path: z.string(), value: z.unknown() }),
);

/** Of Kustomize, what our manifests use; anything else is refused. */
const kustomizationSchema = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  resources: z.array(z.string()),
  namespace: z.string().optional(),
  namePrefix: z.string().default(''),
  labels: z
    .array(
      z.strictObject({
        pairs: z.record(z.string(), z.string()),
        includeSelectors: z.literal(true),
        includeTemplates: z.literal(true),
      }),
    )
    .default([]),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).default([]),
  patches: z
    .array(
      z.strictObject({
        target: z.strictObject({ kind: z.string(), name: z.string() }),
        patch: z.string().transform((text) => patchSchema.parse(parse(text))),
      }),
    )
    .default([]),
});

/** What `kubectl kustomize` would print of a folder. @throws Error for whatever these manifests have no need of */
export function renderKustomization(folder: string): Resource[] {
  const file = join(folder, 'kustomization.yaml');
  const { resources, patches, ...changes } = kustomizationSchema.parse(parse(readFileSync(file, 'utf8')));
  const rendered = resources.flatMap((path) => readResources(join(folder, path)));
  for (const { target, patch } of patches) {
    const met = rendered.filter(
      ({ kind, metadata }) => kind === target.kind && metadata.name === target.name,
    );
    if (met.length === 0) throw new Error(`${file}: there is no ${target.kind} ${target.name}.`);
    for (const resource of met) for (const step of patch) apply(resource, step);
  }
  for (const resource of rendered) {
    resource.metadata.name = `${changes.namePrefix}${resource.metadata.name}`;
    if (changes.namespace !== undefined && resource.kind !== 'Namespace')
      resource.metadata['namespace'] = changes.namespace;
    for (const { pairs } of changes.labels) label(resource, pairs);
    for (const { name, newName, newTag } of changes.images) rename(resource, name, `${newName}:${newTag}`);
  }
  return rendered;
}

function readResources(path: string): Resource[] {
  if (statSync(path).isDirectory()) return renderKustomization(path);
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) =>
    resourceSchema.parse(document.toJS()),
  );
}

/** One step of a JSON Patch (RFC 6902) that goes to the field of an object, or replaces an item of a list. */
function apply(resource: Resource, { op, path, value }: z.output<typeof patchSchema>[number]): void {
  const words = path.slice(1).split('/');
  const last = words.pop() ?? '';
  let place: unknown = resource;
  for (const word of words) place = fieldOf(place, word, path);
  if (op === 'replace') fieldOf(place, last, path);
  if (typeof place !== 'object' || place === null) throw new Error(`There is no ${path}.`);
  Object.assign(place, { [last]: value });
}

function fieldOf(place: unknown, word: string, path: string): unknown {
  const value: unknown = Object.entries(place ?? {}).find(([name]) => name === word)?.[1];
  if (value === undefined) throw new Error(`There is no ${path}.`);
  return value;
}

/** Labels an object, the pods it makes, and what it selects by labels. */
function label(resource: Resource, pairs: Readonly<Record<string, string>>): void {
  Object.assign(resource.metadata, {
    labels: { ...objectSchema.parse(resource.metadata['labels'] ?? {}), ...pairs },
  });
  everyObject(resource['spec'], (name, object) => {
    const isPodLabels = name === 'labels' || name === 'matchLabels';
    if (isPodLabels || (name === 'selector' && resource.kind === 'Service')) Object.assign(object, pairs);
  });
}

function rename(resource: Resource, name: string, image: string): void {
  everyObject(resource['spec'], (_name, object) => {
    if (object['image'] === name) object['image'] = image;
  });
}

function everyObject(value: unknown, visit: (name: string, object: Record<string, unknown>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    const object = objectSchema.safeParse(child);
    // The very object, not the copy that was checked.
    if (object.success && !Array.isArray(child)) visit(name, child as Record<string, unknown>);
    everyObject(child, visit);
  }
}
