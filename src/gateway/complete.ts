import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  typeFromAST,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLError,
  FragmentDefinitionNode,
  FragmentSpreadNode,
  GraphQLCompositeType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { missingValue } from './missing-value.js';

/** JSON object of an answer. */
export type AnswerObject = Record<string, unknown>;
export type AnswerPath = readonly (string | number)[];

export interface CompletedAnswer {
  readonly data: AnswerObject | null;
  /** One `MISSING_VALUE` entry for each place where a required value was missing. */
  readonly errors: GraphQLError[];
}

/** What one operation needs to be completed. */
export interface CompletedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A non-null position is empty: the value around it becomes null. */
const BREACH = Symbol('a required value is missing');

/** Whether an answer holds a null or a missing value anywhere: only then is there anything to complete. */
export function hasNull(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.some(hasNull);
  return typeof value === 'object' && Object.values(value).some(hasNull);
}

/**
 * Applies the rules for non-null fields (GraphQL specification section 6.4.4) to an answer that holds the
 * selected fields but ignores them. Values are passed on as they are. Below an abstract type whose answer
 * carries no `__typename`, only fields of the static type can be checked.
 */
export function complete(operation: CompletedOperation, data: AnswerObject): CompletedAnswer {
  const root = operation.schema.getRootType(operation.operation.operation);
  if (!root) throw new Error('the schema has no such root type');
  return new Completion(operation).run(root, data);
}

class Completion {
  readonly #operation: CompletedOperation;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #errors: GraphQLError[] = [];

  constructor(operation: CompletedOperation) {
    this.#operation = operation;
    for (const definition of operation.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
    }
  }

  run(root: GraphQLObjectType, data: AnswerObject): CompletedAnswer {
    const value = this.#object(root, [this.#operation.operation.selectionSet], data, []);
    return { data: value === BREACH ? null : value, errors: this.#errors };
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[], value: unknown, path: AnswerPath): unknown {
    if (!isNonNullType(type)) return orNull(this.#nullable(type, nodes, value, path));
    const completed = this.#nullable(type.ofType, nodes, value, path);
    if (completed === null) {
      this.#errors.push(missingValue(path));
      return BREACH;
    }
    return completed;
  }

  /** Null for a value that was missing, `BREACH` when something required inside it was (and is reported). */
  #nullable(type: GraphQLOutputType, nodes: readonly FieldNode[], value: unknown, path: AnswerPath): unknown {
    if (value === null || value === undefined) return null;
    if (isListType(type)) return Array.isArray(value) ? this.#list(type.ofType, nodes, value, path) : null;
    if (!isCompositeType(type)) return value;
    if (!isAnswerObject(value)) return null;
    const selections = nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
    return this.#object(this.#concrete(type, value), selections, value, path);
  }

  #list(
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
    values: readonly unknown[],
    path: AnswerPath,
  ): unknown {
    const completed: unknown[] = [];
    for (const [index, value] of values.entries()) {
      const item = this.#value(type, nodes, value, [...path, index]);
      if (item === BREACH) return BREACH;
      completed.push(item);
    }
    return completed;
  }

  #object(
    type: GraphQLCompositeType,
    selections: readonly SelectionSetNode[],
    value: AnswerObject,
    path: AnswerPath,
  ): AnswerObject | typeof BREACH {
    const fields = this.#collect(type, selections);
    for (const [key, nodes] of fields) {
      const [first] = nodes;
      const field = first && 'getFields' in type ? type.getFields()[first.name.value] : undefined;
      if (!field || (!isObjectType(type) && !(key in value))) continue;
      const completed = this.#value(field.type, nodes, value[key], [...path, key]);
      if (completed === BREACH) return BREACH;
      value[key] = completed;
    }
    // It may be there for this alone.
    if (!fields.has('__typename')) delete value['__typename'];
    return value;
  }

  #concrete(type: GraphQLCompositeType, value: AnswerObject): GraphQLCompositeType {
    if (!isAbstractType(type) || typeof value['__typename'] !== 'string') return type;
    const named = this.#operation.schema.getType(value['__typename']);
    return isObjectType(named) ? named : type;
  }

  #collect(
    type: GraphQLCompositeType,
    selections: readonly SelectionSetNode[],
    fields = new Map<string, FieldNode[]>(),
  ): Map<string, FieldNode[]> {
    for (const selection of selections.flatMap((set) => set.selections)) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment = this.#fragmentOf(selection);
      if (fragment && this.#applies(fragment, type)) this.#collect(type, [fragment.selectionSet], fields);
    }
    return fields;
  }

  #isIncluded(node: SelectionNode): boolean {
    const { variables } = this.#operation;
    return (
      getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
    );
  }

  #fragmentOf(
    node: FragmentSpreadNode | InlineFragmentNode,
  ): FragmentDefinitionNode | InlineFragmentNode | undefined {
    return node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
  }

  #applies(fragment: FragmentDefinitionNode | InlineFragmentNode, type: GraphQLCompositeType): boolean {
    if (!fragment.typeCondition) return true;
    const condition = typeFromAST(this.#operation.schema, fragment.typeCondition);
    if (condition === type) return true;
    if (!isAbstractType(condition) || isUnionType(type)) return false;
    return this.#operation.schema.isSubType(condition, type);
  }
}

function orNull(value: unknown): unknown {
  return value === BREACH ? null : value;
}

function isAnswerObject(value: unknown): value is AnswerObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
