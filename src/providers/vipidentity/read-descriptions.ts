import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError } from '../../config/config-error.js';
import { isOfSchema, MESSAGES, textOf, WSDL, writeTree } from './description-tree.js';
import type { Node } from './description-tree.js';
import { flattenTypes } from './flatten-types.js';
import { DescriptionError, joinSchemas, readTree } from './join-schemas.js';
import { OPERATIONS } from './operations.js';
import type { ServiceName } from './operations.js';

/** A description for each service, whole in one text that the library understands. */
export type Descriptions = Readonly<Record<ServiceName, string>>;

/**
 * Reads the descriptions in a folder. A file is known by the service it describes, whatever it is called; schemas that
 * it imports are read from where it says.
 * @throws ConfigError for `VIP_WSDL_DIR`, which tells the file and what is wrong with it, and quotes none of it
 */
export function readDescriptions(folder: string): Descriptions {
  try {
    const files = wsdlFiles(folder).map((file) => ({ file, root: readTree(file) }));
    const textOfService = (service: ServiceName): string => {
      const [found, second] = files.filter(({ root }) => describes(root, service));
      if (!found)
        throw new ConfigError(
          'VIP_WSDL_DIR',
          `names a folder without a description of the ${service} service.`,
        );
      if (second) {
        const both = [found.file, second.file]
          .map((file) => relative(folder, file))
          .sort()
          .join(' and ');
        throw new ConfigError(
          'VIP_WSDL_DIR',
          `names a folder with two descriptions of the ${service} service: ${both}.`,
        );
      }
      return prepared(found.root, found.file, service);
    };
    return {
      authentication: textOfService('authentication'),
      management: textOfService('management'),
      query: textOfService('query'),
    };
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    throw new ConfigError(
      'VIP_WSDL_DIR',
      `names a folder whose ${relative(folder, error.file)} ${error.message}`,
    );
  }
}

function wsdlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.toLowerCase().endsWith('.wsdl'))
      .map((name) => join(folder, name));
  } catch {
    throw new ConfigError('VIP_WSDL_DIR', 'names a folder that cannot be read.');
  }
}

function describes(root: Node, service: ServiceName): boolean {
  return root.children.some(
    (child) => isOfWsdl(child, 'service') && textOf(child, 'name')?.toLowerCase() === `${service}service`,
  );
}

/** The description with all its schemas within, after it was seen to hold what the service is called for. */
function prepared(root: Node, file: string, service: ServiceName): string {
  if (root.children.some((child) => isOfWsdl(child, 'import')))
    throw new DescriptionError(file, 'imports another description: only schemas may be in other files.');
  const types = root.children.filter((child) => isOfWsdl(child, 'types'));
  const schemas = joinSchemas(
    types.flatMap(({ children }) => children),
    file,
  );
  flattenTypes(schemas);
  requireOperations(root, schemas, { file, service });
  const [first] = types;
  const rest = root.children.filter((child) => !types.includes(child));
  return writeTree({
    ...root,
    children: [...(first ? [{ ...first, children: [...schemas] }] : []), ...rest],
  });
}

/** @throws DescriptionError */
function requireOperations(
  root: Node,
  schemas: readonly Node[],
  { file, service }: { readonly file: string; readonly service: ServiceName },
): void {
  const methods = namesOf(
    root.children.filter((child) => isOfWsdl(child, 'binding')),
    (node) => isOfWsdl(node, 'operation'),
  );
  const messages = namesOf(
    schemas.filter((schema) => textOf(schema, 'targetNamespace') === MESSAGES),
    (node) => isOfSchema(node, 'element'),
  );
  for (const [operation, facts] of Object.entries(OPERATIONS)) {
    if (facts.service !== service) continue;
    const message = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    for (const element of [`${message}Request`, `${message}Response`])
      if (!messages.has(element))
        throw new DescriptionError(file, `does not say what ${element} is, in the namespace ${MESSAGES}.`);
    if (!methods.has(operation))
      throw new DescriptionError(file, `does not describe the operation ${operation}.`);
  }
}

function namesOf(
  parents: readonly Node[],
  isMeant: (node: Node) => boolean,
): ReadonlySet<string | undefined> {
  return new Set(
    parents.flatMap(({ children }) => children.filter(isMeant).map((node) => textOf(node, 'name'))),
  );
}

function isOfWsdl({ name }: Node, local: string): boolean {
  return name.uri === WSDL && name.local === local;
}
