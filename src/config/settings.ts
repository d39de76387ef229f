import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { readVariable, type Environment } from './environment.js';

/**
 * Settings by the name of their environment variable. An entry that accepts neither absence nor emptiness is required;
 * each carries its meaning by `.describe()`, added last.
 */
export type SettingShape = Readonly<Record<string, z.ZodType>>;

/** What `parseSettings` makes of a shape. */
export type SettingsOf<Shape extends SettingShape> = z.output<z.ZodObject<Shape>>;

/**
 * Reads and checks the settings of a shape.
 * @throws ConfigError for the first one that is wrong or missing
 */
export function parseSettings<Shape extends SettingShape>(
  shape: Shape,
  environment: Environment,
): SettingsOf<Shape> {
  const texts = Object.fromEntries(
    Object.keys(shape).map((variable) => [variable, readVariable(environment, variable)]),
  );
  const result = z.object(shape).safeParse(texts);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const variable = String(issue?.path[0]);
  throw new ConfigError(variable, texts[variable] === undefined ? 'is not set.' : ruleOf(issue?.message));
}

/** The variables of a shape that have neither a default nor leave to be absent. */
export function requiredVariables(shape: SettingShape): string[] {
  return Object.keys(shape).filter((variable) => shape[variable]?.safeParse(undefined).success === false);
}

/**
 * Refuses more than one of several settings that exclude each other.
 * @throws ConfigError
 */
export function refuseTogether(values: Readonly<Record<string, unknown>>): void {
  const [first, second] = Object.keys(values).filter((variable) => values[variable] !== undefined);
  if (second !== undefined) throw new ConfigError(second, `must not be set together with ${first}.`);
}

// The messages of `fields.ts` complete the sentence; those of other checks may be worded for programmers.
function ruleOf(message: string | undefined): string {
  return message?.startsWith('must ') ? message : 'is not valid.';
}
