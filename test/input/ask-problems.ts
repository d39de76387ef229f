import assert from 'node:assert/strict';
import type { GraphQLField } from 'graphql';

/** A problem as a payload tells it. */
export interface Told {
  readonly code: string;
  readonly reason: string | null;
  readonly path: readonly string[] | null;
  readonly provider: string | null;
}

/** Sends a mutation of one input, and answers the problems that it is told. */
export async function askProblems(
  ask: (document: string, variables: Record<string, unknown>) => Promise<unknown>,
  { name, args }: GraphQLField<unknown, unknown>,
  input: unknown,
): Promise<{ readonly problem: Told | null; readonly problems: readonly Told[] | null }> {
  assert(args[0]);
  const selection = ['problem', 'problems'].map((told) => `${told} { code reason path provider }`).join(' ');
  const document = `mutation ($input: ${String(args[0].type)}) { ${name}(input: $input) { ${selection} } }`;
  const data = (await ask(document, { input })) as Record<
    string,
    { problem: Told | null; problems: Told[] | null }
  >;
  const answer = data[name];
  assert(answer);
  return answer;
}
