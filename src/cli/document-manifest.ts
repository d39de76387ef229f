import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLError, Kind, parse, print, separateOperations, validate } from 'graphql';
import type { DefinitionNode, DocumentNode } from 'graphql';
import type { DocumentManifest } from '../config/trusted-documents.js';
import { UsageError } from './command.js';

/**
 * Every operation of the `.graphql` files in some folders, with the fragments it uses; those may be in any of the
 * files. An operation without a name has that of its file.
 * @throws UsageError
 */
export function manifestOf(folders: readonly string[], sdl: string): DocumentManifest {
  const schema = buildSchema(sdl);
  const files = folders.flatMap(filesIn).map((file) => ({ file, document: read(file) }));
  const fragments = files.flatMap(({ document }) => document.definitions.filter(isFragment));
  const operations = files.flatMap(({ file, document }) =>
    document.definitions.filter(isOperation).map((operation) => {
      const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
      const used = Object.values(separateOperations(whole))[0] ?? whole;
      const [problem] = validate(schema, used);
      if (problem) throw new UsageError(`${file}: ${problem.message}`);
      const body = print(used);
      return {
        id: createHash('sha256').update(body).digest('hex'),
        name: operation.name?.value ?? file.replace(/\.graphql$/, ''),
        type: operation.operation,
        body,
      };
    }),
  );
  if (operations.length === 0) throw new UsageError('There is no operation in these folders.');
  const sorted = [...new Map(operations.map((one) => [`${one.name} ${one.id}`, one]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return { format: 'apollo-persisted-query-manifest', version: 1, operations: sorted.map(([, one]) => one) };
}

function filesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder ${folder}.`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql') && !path.includes('node_modules'))
    .sort()
    .map((path) => join(folder, path));
}

function read(file: string): DocumentNode {
  try {
    return parse(readFileSync(file, 'utf8'), { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

type Definition<K extends Kind> = Extract<DefinitionNode, { kind: K }>;

function isFragment(node: DefinitionNode): node is Definition<Kind.FRAGMENT_DEFINITION> {
  return node.kind === Kind.FRAGMENT_DEFINITION;
}

function isOperation(node: DefinitionNode): node is Definition<Kind.OPERATION_DEFINITION> {
  return node.kind === Kind.OPERATION_DEFINITION;
}
