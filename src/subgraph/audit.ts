import { getNamedType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { leaveRecord } from '../audit.js';
import type { Audit, Targets } from '../audit.js';
import { FoundIds } from './audit-targets.js';
import type { RefusedField } from './refusals.js';
import type { SubgraphCall } from './subgraph.js';

/** A call whose traces are kept. */
export interface AuditedCall extends SubgraphCall {
  /** Undefined: nothing is kept. */
  readonly audit?: Audit | undefined;
}

type Resolve = GraphQLFieldResolver<unknown, AuditedCall>;
type Field = GraphQLField<unknown, AuditedCall>;

const problem = z.object({ problem: z.object({ code: z.string(), reference: z.string().nullish() }) });
const coded = z.object({ extensions: z.object({ code: z.string() }) });

/**
 * Makes every mutation leave exactly one record, however it ends, and every other root field one when it is refused to its
 * caller: what is somebody else's looks as if it did not exist. To be applied last, outside of everything else.
 */
export function auditRoots(schema: GraphQLSchema): void {
  for (const field of fieldsOf(schema.getMutationType()))
    if (field.resolve) field.resolve = auditedMutation(field, field.resolve);
  for (const field of fieldsOf(schema.getQueryType()))
    if (field.resolve && !field.name.startsWith('_'))
      field.resolve = auditedRead(`Query.${field.name}`, field, field.resolve);
  for (const field of fieldsOf(schema.getSubscriptionType()))
    if (field.subscribe) field.subscribe = auditedRead(`Subscription.${field.name}`, field, field.subscribe);
}

/** Leaves a record of something below a root field that its caller lacks a scope for. */
export function auditDenial(call: AuditedCall, field: string, targets: Targets): void {
  leave(call, field, targets, 'FORBIDDEN');
}

/** Leaves a record of each root field of a mutation that was refused as a whole, before any of it was begun. */
export function auditRefusals(
  call: AuditedCall,
  refused: Iterable<RefusedField>,
  variables: Readonly<Record<string, unknown>>,
): void {
  for (const { nodes, field } of refused) {
    const [node] = nodes;
    if (!field || !node) continue;
    const targets = new FoundIds().written(field.args, node, variables).toTargets();
    leave(call, `Mutation.${field.name}`, targets, 'FORBIDDEN');
  }
}

/** Whether this is what those are told who may not, or must not know that there is something. */
export function isDenial(code: string): boolean {
  return code === 'FORBIDDEN' || code === 'NOT_FOUND';
}

/** The code of an error that a client will see. */
export function codeIn(error: unknown): string {
  return coded.safeParse(error).data?.extensions.code ?? 'INTERNAL';
}

function auditedMutation(field: Field, next: Resolve): Resolve {
  const name = `Mutation.${field.name}`;
  const type = getNamedType(field.type);
  return async (source, args, context, info) => {
    const ids = new FoundIds().given(field.args, args);
    try {
      const payload: unknown = await next(source, args, context, info);
      const { code = 'OK', reference } = problem.safeParse(payload).data?.problem ?? {};
      if (isObjectType(type)) ids.made(type, payload, context, info);
      leave(context, name, ids.add('reference', reference).toTargets(), code);
      return payload;
    } catch (error) {
      leave(context, name, ids.toTargets(), codeIn(error));
      throw error;
    }
  };
}

function auditedRead(name: string, field: Field, next: Resolve): Resolve {
  return (source, args, context, info) => {
    const targets = (): Targets => new FoundIds().given(field.args, args).toTargets();
    const found = (answer: unknown): unknown => {
      if (answer !== null && answer !== undefined) return answer;
      const named = targets();
      if (Object.keys(named).length > 0) leave(context, name, named, 'NOT_FOUND');
      return answer;
    };
    const failed = (error: unknown): never => {
      const code = codeIn(error);
      if (isDenial(code)) leave(context, name, targets(), code);
      throw error;
    };
    try {
      const answer: unknown = next(source, args, context, info);
      return answer instanceof Promise ? answer.then(found, failed) : found(answer);
    } catch (error) {
      return failed(error);
    }
  };
}

function leave(
  { audit, caller, requestId }: AuditedCall,
  field: string,
  targets: Targets,
  code: string,
): void {
  const { tenant, subject } = caller;
  leaveRecord(audit, { requestId, tenant, subject, field, targets, code });
}

function fieldsOf(type: { getFields(): Record<string, Field> } | null | undefined): readonly Field[] {
  return Object.values(type?.getFields() ?? {});
}
