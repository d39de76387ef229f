import { getOperationAST, Kind, OperationTypeNode, parse, print } from 'graphql';

const TIMES = 10;

/** A mutation ten times over in one operation, by aliases; undefined for any other operation. */
export function tenTimes(text: string): string | undefined {
  const document = parse(text);
  const operation = getOperationAST(document);
  const [field] = operation?.selectionSet.selections ?? [];
  if (operation?.operation !== OperationTypeNode.MUTATION || field?.kind !== Kind.FIELD) return undefined;
  const selections = Array.from({ length: TIMES }, (_none, time) => ({
    ...field,
    alias: { kind: Kind.NAME as const, value: `time${time}` },
  }));
  const repeated = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  return print({
    ...document,
    definitions: document.definitions.map((one) => (one === operation ? repeated : one)),
  });
}
