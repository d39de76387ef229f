import type { ExecutionResult } from '@graphql-tools/utils';
import { Kind, parse, print } from 'graphql';
import type { DocumentNode, FieldNode, OperationDefinitionNode, TypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { z } from 'zod';

const AFTER = 'after';
const CURSOR = 'cursor';
/** Where the cursor of each event is in what comes back, beside what the client asked for. */
const CURSOR_KEY = 'sealgraphCursor';

interface Field {
  /** The name of its type, without list and non-null. */
  readonly type: string;
  readonly args: readonly string[];
}

/** The subscriptions in the SDL of a subgraph that begin behind a cursor, `after`, and tell the `cursor` of each event. */
export function resumableFields(sdl: string): ReadonlySet<string> {
  const fields = new Map<string, Map<string, Field>>();
  for (const node of parse(sdl, { noLocation: true }).definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const known = fields.get(node.name.value) ?? new Map<string, Field>();
    fields.set(node.name.value, known);
    for (const { name, type, arguments: args = [] } of node.fields ?? [])
      known.set(name.value, { type: nameOf(type), args: args.map((arg) => arg.name.value) });
  }
  const found = [...(fields.get('Subscription') ?? [])].filter(
    ([, { type, args }]) => args.includes(AFTER) && fields.get(type)?.has(CURSOR),
  );
  return new Set(found.map(([name]) => name));
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

/** One subscription of a client, as its subgraph is asked for it, the first time and after each interruption. */
export interface RemoteSubscription {
  /** What to ask for now: what comes behind the last event that was seen. */
  payload(): SubscribePayload;
  saw(result: ExecutionResult): void;
  /** Whether nothing is lost and nothing repeated by asking again. */
  readonly canResume: boolean;
}

export function remoteSubscription(
  document: DocumentNode,
  { variables, operationName }: Pick<SubscribePayload, 'variables' | 'operationName'>,
  resumable: ReadonlySet<string>,
): RemoteSubscription {
  const named = operationName ? { operationName } : {};
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const field = operation && rootField(operation);
  if (!operation || !field?.selectionSet || !resumable.has(field.name.value)) {
    const payload = { query: print(document), variables: variables ?? {}, ...named };
    return { payload: () => payload, saw: () => undefined, canResume: false };
  }
  const key = field.alias?.value ?? field.name.value;
  const told = z.object({ [key]: z.object({ [CURSOR_KEY]: z.string() }) });
  let cursor: string | undefined;
  return {
    canResume: true,
    payload() {
      const after = field.arguments?.find(({ name }) => name.value === AFTER)?.value;
      const byVariable = cursor !== undefined && after?.kind === Kind.VARIABLE;
      const asked = withCursor(field, byVariable ? undefined : cursor);
      return {
        query: print(replaced(document, operation, field, asked)),
        variables: { ...variables, ...(byVariable && { [after.name.value]: cursor }) },
        ...named,
      };
    },
    saw({ data }) {
      cursor = told.safeParse(data).data?.[key]?.[CURSOR_KEY] ?? cursor;
    },
  };
}

function rootField({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode | undefined {
  const [first, ...others] = selections.filter(
    (one) => one.kind !== Kind.FIELD || one.name.value !== '__typename',
  );
  return first?.kind === Kind.FIELD && others.length === 0 ? first : undefined;
}

function withCursor(field: FieldNode, after: string | undefined): FieldNode {
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== AFTER);
  return {
    ...field,
    ...(after !== undefined && {
      arguments: [
        ...others,
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: AFTER },
          value: { kind: Kind.STRING, value: after },
        },
      ],
    }),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        ...(field.selectionSet?.selections ?? []),
        {
          kind: Kind.FIELD,
          alias: { kind: Kind.NAME, value: CURSOR_KEY },
          name: { kind: Kind.NAME, value: CURSOR },
        },
      ],
    },
  };
}

function replaced(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
  by: FieldNode,
): DocumentNode {
  const selections = operation.selectionSet.selections.map((one) => (one === field ? by : one));
  const changed = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  return {
    ...document,
    definitions: document.definitions.map((node) => (node === operation ? changed : node)),
  };
}
