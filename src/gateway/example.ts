/** An operation to begin with, shown in the landing pages. */
export interface Example {
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}
