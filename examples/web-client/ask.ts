import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core';
import type { ProblemCode } from './generated.js';

/** An expected no, from the rules or from a provider; `code` says which. */
export class ProblemError extends Error {
  readonly code: ProblemCode;

  constructor({ code, message }: { code: ProblemCode; message: string }) {
    super(message);
    this.name = 'ProblemError';
    this.code = code;
  }
}

/** Runs a mutation. Throws what the network, or the graph as a whole, has against it. */
export async function ask<Data, Variables extends AnyVariables>(
  graph: Client,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await graph.mutation(document, variables).toPromise();
  if (error) throw error;
  if (data === undefined) throw new Error('The graph answered nothing.');
  return data;
}

/** What a mutation was asked for. Throws the payload's problem, if there is one. */
export function take<
  Payload extends { readonly problem: { code: ProblemCode; message: string } | null },
  Key extends keyof Payload & string,
>(payload: Payload, key: Key): NonNullable<Payload[Key]> {
  if (payload.problem) throw new ProblemError(payload.problem);
  const thing = payload[key];
  if (thing === null || thing === undefined) throw new Error(`The graph answered no ${key}.`);
  return thing;
}
