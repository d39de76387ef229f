import { Kind, OperationTypeNode } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import type { GraphQLError } from 'graphql';
import { leaveRecord } from '../audit.js';
import type { Audit } from '../audit.js';
import { FoundIds } from '../subgraph/audit-targets.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import { codeOf } from './errors.js';

/** An operation as far as it could be read, valid or not. */
export interface ReadableOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode | undefined;
  readonly operation: OperationDefinitionNode | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

const DENIALS: ReadonlySet<string> = new Set([
  ...['RATE_LIMITED', 'LIMIT_EXCEEDED', 'DOCUMENT_NOT_TRUSTED', 'CSRF_PREVENTED'],
]);

/**
 * Leaves records of an operation that was turned away before it ran: of a mutation whatever the reason, of others when the
 * caller may not; one for each root field that the graph has, or one without a field.
 */
export function auditRefused(
  audit: Audit | undefined,
  call: SubgraphCall,
  code: string,
  readable?: ReadableOperation,
): void {
  const isMutation = readable?.operation?.operation === OperationTypeNode.MUTATION;
  if (!isMutation && !DENIALS.has(code)) return;
  const roots = readable ? rootsOf(readable) : [];
  for (const [field, targets] of roots) leaveOne(audit, call, field, targets, code);
  if (roots.length === 0 && DENIALS.has(code)) leaveOne(audit, call, null, new FoundIds(), code);
}

/** Leaves a record of each root field of a mutation whose subgraph service has not answered: it may have left none. */
export function auditUnanswered(
  audit: Audit | undefined,
  call: SubgraphCall,
  readable: ReadableOperation,
  errors: readonly GraphQLError[],
): void {
  const unanswered = new Map(
    errors.flatMap((error) =>
      error.path?.length === 1 && error.extensions['subgraph'] !== undefined
        ? [[String(error.path[0]), codeOf(error)] as const]
        : [],
    ),
  );
  for (const [key, code] of unanswered)
    for (const [field, targets] of rootsOf(readable, key)) leaveOne(audit, call, field, targets, code);
}

function leaveOne(
  audit: Audit | undefined,
  { caller: { tenant, subject }, requestId }: SubgraphCall,
  field: string | null,
  ids: FoundIds,
  code: string,
): void {
  leaveRecord(audit, { requestId, tenant, subject, field, targets: ids.toTargets(), code });
}

/** @param key of those that the answer calls like this. Default: all */
function rootsOf(
  { schema, document, operation, variables }: ReadableOperation,
  key?: string,
): readonly (readonly [string, FoundIds])[] {
  const type = operation && schema.getRootType(operation.operation);
  if (!document || !operation || !type) return [];
  const found = new Map<string, FoundIds>();
  for (const node of rootNodes(document, operation.selectionSet)) {
    const field = type.getFields()[node.name.value];
    if (!field || (key !== undefined && (node.alias ?? node.name).value !== key)) continue;
    const name = `${type.name}.${field.name}`;
    found.set(name, (found.get(name) ?? new FoundIds()).written(field.args, node, variables ?? {}));
  }
  return [...found];
}

/** Each fragment once: nothing says yet that they do not contain each other. */
function* rootNodes(
  { definitions }: DocumentNode,
  set: SelectionSetNode,
  visited = new Set<SelectionSetNode>(),
): Iterable<FieldNode> {
  if (visited.has(set)) return;
  visited.add(set);
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    if (selection.kind === Kind.INLINE_FRAGMENT)
      yield* rootNodes({ kind: Kind.DOCUMENT, definitions }, selection.selectionSet, visited);
    if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
    for (const node of definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value)
        yield* rootNodes({ kind: Kind.DOCUMENT, definitions }, node.selectionSet, visited);
  }
}
