import type { ExecutionResult } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { ORIGIN, type EventOrigin } from '../event-origin.js';

const remoteError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

const remoteResult = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(remoteError).nullish(),
});

const remoteEvent = z.object({
  extensions: z.object({
    [ORIGIN]: z.object({ field: z.string(), observedAt: z.number(), trace: z.string().optional() }),
  }),
});

/** Where an event of a subgraph service comes from, if it says so. */
export function readRemoteOrigin(message: unknown): EventOrigin | undefined {
  return remoteEvent.safeParse(message).data?.extensions[ORIGIN];
}

/** Reads what a subgraph service answered. Undefined when it is no GraphQL result. */
export function readRemoteResult(answer: unknown): ExecutionResult | undefined {
  const parsed = remoteResult.safeParse(answer);
  if (!parsed.success || (parsed.data.data === undefined && !parsed.data.errors)) return undefined;
  const { data, errors } = parsed.data;
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors ? { errors: errors.map(readError) } : {}),
  };
}

function readError({ message, path, extensions }: z.infer<typeof remoteError>): GraphQLError {
  return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? {} });
}
