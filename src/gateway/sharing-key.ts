import { Kind } from 'graphql';
import type { DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { Caller } from '../auth/caller.js';
import { ownerKey } from '../owner.js';

/** A subscription about to start. */
export interface SubscriptionRequest {
  readonly document: DocumentNode;
  readonly normalized: string;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

/**
 * What two subscriptions must agree in to read one execution: document, variables, operation, and who may see it.
 * Undefined for one that resumes: a non-null `after` of the root field makes its events its own.
 */
export function sharingKey(request: SubscriptionRequest): string | undefined {
  if (resumes(request)) return undefined;
  const { normalized, operation, variables, caller } = request;
  const scopes = [...caller.scopes].sort();
  return JSON.stringify([ownerKey(caller), scopes, operation.name?.value, normalized, variables]);
}

function resumes({ document, operation, variables }: SubscriptionRequest): boolean {
  const given = (field: FieldNode): boolean => {
    const value = field.arguments?.find((argument) => argument.name.value === 'after')?.value;
    if (!value || value.kind === Kind.NULL) return false;
    if (value.kind !== Kind.VARIABLE) return true;
    const name = value.name.value;
    if (variables[name] !== undefined) return variables[name] !== null;
    const definition = operation.variableDefinitions?.find((node) => node.variable.name.value === name);
    return definition?.defaultValue !== undefined && definition.defaultValue.kind !== Kind.NULL;
  };
  return rootFields(operation.selectionSet, document, new Set()).some(given);
}

function rootFields(set: SelectionSetNode, document: DocumentNode, visited: Set<string>): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document, visited);
    const name = selection.name.value;
    if (visited.has(name)) return [];
    visited.add(name);
    return document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name
        ? rootFields(node.selectionSet, document, visited)
        : [],
    );
  });
}
