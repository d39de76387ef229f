import { getArgumentValues } from 'graphql';
import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { happenings } from '../happenings.js';
import type { RefusedField } from './refusals.js';
import type { SubgraphCall } from './subgraph.js';

/** Who did, or was refused, what: never content, and never what was typed besides ids. */
export interface AuditRecord {
  readonly requestId: string;
  readonly tenant: string;
  readonly subject: string;
  /** The field of the graph, such as `Mutation.cancelTwoFactorMessage`. */
  readonly field: string;
  /** The ids among the arguments, by name. */
  readonly targets: Readonly<Record<string, string>>;
  /** `OK`, the code of the problem, or that of the error. */
  readonly code: string;
}

/** Keeps a record for good. Must not fail: what it tells of has happened. */
export type Audit = (record: AuditRecord) => void;

/** A call whose traces are kept. */
export interface AuditedCall extends SubgraphCall {
  /** Undefined: nothing is kept. */
  readonly audit?: Audit | undefined;
}

const problem = z.object({ problem: z.object({ code: z.string() }) });
const coded = z.object({ extensions: z.object({ code: z.string() }) });
const MOST_ID_CHARS = 200;

/** Makes every mutation leave exactly one record, however it ends. To be applied last, outside of everything else. */
export function auditMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    if (field.resolve) field.resolve = audited(field.resolve);
  }
}

/** Leaves a record of access that was denied; that to a mutation leaves its own. */
export function auditDenial(call: AuditedCall, args: unknown, info: GraphQLResolveInfo): void {
  if (info.parentType.name !== info.schema.getMutationType()?.name) leave(call, args, info, 'FORBIDDEN');
}

/** Leaves a record of each root field of a mutation that was refused as a whole, before any of it was begun. */
export function auditRefusals(
  call: AuditedCall,
  refused: Iterable<RefusedField>,
  variables: Record<string, unknown>,
): void {
  for (const { nodes, field } of refused) {
    const [node] = nodes;
    if (field && node)
      record(call, `Mutation.${field.name}`, getArgumentValues(field, node, variables), 'FORBIDDEN');
  }
}

function audited(
  next: GraphQLFieldResolver<unknown, AuditedCall>,
): GraphQLFieldResolver<unknown, AuditedCall> {
  return async (source, args, context, info) => {
    try {
      const payload: unknown = await next(source, args, context, info);
      leave(context, args, info, problem.safeParse(payload).data?.problem.code ?? 'OK');
      return payload;
    } catch (error) {
      leave(context, args, info, coded.safeParse(error).data?.extensions.code ?? 'INTERNAL');
      throw error;
    }
  };
}

function leave(call: AuditedCall, args: unknown, info: GraphQLResolveInfo, code: string): void {
  record(call, `${info.parentType.name}.${info.fieldName}`, args, code);
}

function record({ audit, caller, requestId }: AuditedCall, field: string, args: unknown, code: string): void {
  const { tenant, subject } = caller;
  happenings.command.tell({ field, code });
  audit?.({ requestId, tenant, subject, field, targets: idsIn(args), code });
}

/** Texts by the name `id`, or one that ends in `Id`, among the arguments and in their `input`. */
function idsIn(args: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of [args, z.object({ input: z.object({}).loose() }).safeParse(args).data?.input])
    for (const [name, value] of Object.entries(z.object({}).loose().safeParse(part).data ?? {}))
      if (/^id$|Id$/.test(name) && typeof value === 'string') found[name] = value.slice(0, MOST_ID_CHARS);
  return found;
}
