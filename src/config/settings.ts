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
 * @throws ConfigError for the first one that is wrong or missing, with all the others
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
  const problems = new Map(
    result.error.issues.map(({ path: [variable], message }) => [String(variable), message] as const),
  );
  throw firstOf(
    [...problems].map(([variable, message]): [string, string] => [
      variable,
      texts[variable] === undefined ? 'is not set.' : ruleOf(message),
    ]),
  );
}

/** One error for several problems, each a variable and the sentence after its name. */
export function firstOf(problems: readonly (readonly [variable: string, problem: string])[]): ConfigError {
  const [[variable, problem] = ['A setting', 'is not valid.'], ...others] = problems;
  return new ConfigError(
    variable,
    problem,
    others.map((other) => new ConfigError(...other)),
  );
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
function ruleOf(message: string): string {
  return message.startsWith('must ') ? message : 'is not valid.';
}
