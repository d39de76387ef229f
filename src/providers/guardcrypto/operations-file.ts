import { z } from 'zod';
import { ConfigError } from '../../config/config-error.js';
import { readConfiguredFile } from '../../config/read-file.js';
import { PROBLEM_CODES } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import { ERROR_CODES } from './errors.js';
import type { ErrorCodes } from './errors.js';
import { OPERATIONS } from './operations.js';
import type { OperationName, OperationRow, OperationTable, Place } from './operations.js';

const VARIABLE = 'GUARDCRYPTO_OPERATIONS_FILE';

const place = z.custom<Place | `${Place}:${string}`>(
  (value) => typeof value === 'string' && /^(query|form|json|part)(:[A-Za-z0-9_.-]{1,64})?$/.test(value),
);
const correction = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  path: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/)
    .optional(),
  action: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
  parameters: z.record(z.string(), place).optional(),
});
const file = z.strictObject({
  operations: z.partialRecord(z.enum(namesOf(OPERATIONS)), correction).default({}),
  errorCodes: z.record(z.string(), z.enum(namesOf<ProblemCode>(PROBLEM_CODES))).default({}),
});

/** What was assumed about the provider, corrected where an operator knows better. */
export interface WireFacts {
  readonly operations: OperationTable;
  readonly errorCodes: ErrorCodes;
}

/**
 * The facts, with the corrections of a file if there is one.
 * @param path of a JSON file: `{"operations": {"createKey": {"path": ..., "parameters": {"name": "query"}}}, "errorCodes": {"GRD-1": "LOCKED"}}`
 * @throws ConfigError naming the operation and the rule
 */
export function readWireFacts(path: string | undefined): WireFacts {
  if (path === undefined) return { operations: OPERATIONS, errorCodes: ERROR_CODES };
  const { operations, errorCodes } = parse(readConfiguredFile(VARIABLE, path));
  const table: Record<OperationName, OperationRow> = { ...OPERATIONS };
  for (const name of namesOf(OPERATIONS)) {
    const corrected = operations[name];
    if (corrected) table[name] = correct(name, table[name], corrected);
  }
  return { operations: table, errorCodes: { ...ERROR_CODES, ...errorCodes } };
}

function correct(
  name: OperationName,
  row: OperationRow,
  { method = row.method, path = row.path, action = row.action, parameters = {} }: z.infer<typeof correction>,
): OperationRow {
  const unknown = Object.keys(parameters).find((parameter) => !Object.hasOwn(row.parameters, parameter));
  if (unknown !== undefined) throw wrong(name, `has no parameter ${unknown}`);
  const corrected = { ...row, method, path, action, parameters: { ...row.parameters, ...parameters } };
  const bodies = new Set(Object.values(corrected.parameters).map((text) => placeOf(text).place));
  bodies.delete('query');
  if (bodies.size > 1) throw wrong(name, 'has parameters in bodies of more than one sort');
  if (bodies.size > 0 && method !== 'POST' && method !== 'PUT')
    throw wrong(name, `cannot have a body with ${method}`);
  // Only what is moved is looked at: one secret has no other known place than the URL.
  const exposed = Object.entries(parameters).find(
    ([parameter, text]) => SECRETS.has(parameter) && placeOf(text).place === 'query',
  );
  if (exposed) throw wrong(name, `must not have ${exposed[0]} in the URL`);
  return corrected;
}

/** What must never stand in a URL, which ends in logs (dossier 6.1). */
const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'e_password',
  'encr_password',
  'keyPassword',
  'newPassword',
  'oldpass',
  'newpass',
  'auth',
  'guardAuth',
  'answer',
  'resetid',
  'itemId',
  'pin',
]);

/** The two halves of an entry in the table. */
export function placeOf(text: string): { readonly place: string; readonly name: string | undefined } {
  const [place = '', name] = text.split(':', 2);
  return { place, name };
}

function parse(text: string): z.infer<typeof file> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigError(VARIABLE, 'names a file that is not JSON.');
  }
  const result = file.safeParse(json);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new ConfigError(VARIABLE, `names a file with something wrong at ${place || 'its root'}.`);
}

function wrong(name: OperationName, rule: string): ConfigError {
  return new ConfigError(VARIABLE, `names a file in which ${name} ${rule}.`);
}

function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  return Object.keys(table) as [Name, ...Name[]];
}
