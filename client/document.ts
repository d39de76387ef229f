/**
 * An operation: its text, or what GraphQL Code Generator makes of it with `documentMode: 'string'`, which knows the
 * types of its data and variables.
 */
export interface Document<Data, Variables> {
  toString(): string;
  /** Holds the types, and is never called. */
  readonly __apiType?: ((variables: Variables) => Data) | undefined;
}

/** The value of the one field that an operation asks for; of a document whose types are not known, any fields. */
export type OnlyField<Data> = [keyof Data] extends [never]
  ? Readonly<Record<string, unknown>>
  : Data[keyof Data];

export type Variables = Readonly<Record<string, unknown>>;

/** @throws TypeError unless there is just one */
export function onlyField<Data extends object>(data: Data): OnlyField<Data> {
  const values: unknown[] = Object.values(data);
  if (values.length !== 1) throw new TypeError('The operation must ask for one field.');
  return values[0] as OnlyField<Data>;
}
