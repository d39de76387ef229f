import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isOfSchema, NotXmlError, parseTree, textOf } from './description-tree.js';
import type { Node } from './description-tree.js';

/** Why a description cannot be used: the rest of a sentence that begins with the name of a file. Quotes no file. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';

  constructor(
    readonly file: string,
    problem: string,
  ) {
    super(problem);
  }
}

const UNTIL_NEXT_COLON = /^[a-z][a-z\d+.-]+:/i;

/** @throws DescriptionError */
export function readTree(file: string, namespace?: string): Node {
  const text = readFileSync(file, 'utf8').trim();
  try {
    return parseTree(text, namespace);
  } catch (error) {
    if (error instanceof NotXmlError) throw new DescriptionError(file, `is ${error.message}.`);
    throw error;
  }
}

/**
 * The schemas that stand in `file`, and those that they import or include from files: one for each namespace, with
 * nothing left to be read elsewhere.
 * @throws DescriptionError
 */
export function joinSchemas(schemas: readonly Node[], file: string): readonly Node[] {
  const joined = new Map<string, Node>();
  const read = new Set<string>();
  const join = (schema: Node, from: string, namespace: string): void => {
    const known = joined.get(namespace);
    const elsewhere = schema.children.filter((child) => isOfSchema(child, 'import', 'include'));
    const own = schema.children.filter((child) => !elsewhere.includes(child));
    if (own.some((child) => isOfSchema(child, 'redefine', 'override')))
      throw new DescriptionError(from, 'defines anew what another schema says, which is not understood.');
    if (known) known.children.push(...own);
    else if (own.length > 0)
      joined.set(namespace, {
        ...schema,
        attributes: { ...schema.attributes, ...(namespace !== '' && { targetNamespace: namespace }) },
        children: own,
      });
    for (const other of elsewhere) {
      const path = fileOf(other, from);
      if (path === undefined || read.has(path)) continue;
      read.add(path);
      const included = isOfSchema(other, 'include') ? namespace : undefined;
      const root = readFrom(path, from, textOf(other, 'schemaLocation') ?? '', included);
      join(root, path, textOf(root, 'targetNamespace') ?? included ?? '');
    }
  };
  for (const schema of schemas) join(schema, file, textOf(schema, 'targetNamespace') ?? '');
  return [...joined.values()];
}

/** Undefined: what is meant is known by its namespace alone. */
function fileOf(reference: Node, from: string): string | undefined {
  const location = textOf(reference, 'schemaLocation');
  if (location === undefined) return undefined;
  if (UNTIL_NEXT_COLON.test(location))
    throw new DescriptionError(from, 'imports a schema by a URL: only files beside it are read.');
  return resolve(dirname(from), location);
}

function readFrom(path: string, from: string, location: string, namespace: string | undefined): Node {
  let root: Node;
  try {
    root = readTree(path, namespace);
  } catch (error) {
    if (error instanceof DescriptionError) throw error;
    throw new DescriptionError(from, `imports ${location}, which cannot be read.`);
  }
  if (!isOfSchema(root, 'schema')) throw new DescriptionError(path, 'is imported and is no schema.');
  return root;
}
