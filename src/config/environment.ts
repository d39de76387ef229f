/** Settings as text, by name: what a process is given. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a variable; one that is empty counts as not set, so that `NAME=` in an env file means its default. */
export function readVariable(environment: Environment, variable: string): string | undefined {
  const text = environment[variable]?.trim();
  return text === '' ? undefined : text;
}
