/** A setting is wrong or missing. The message is one sentence that names the variable and never holds its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    /** The environment variable at fault. */
    readonly variable: string,
    /** The sentence after the name of the variable, for example `is not set.` */
    problem: string,
    /** What else was found to be wrong at the same time. */
    readonly others: readonly ConfigError[] = [],
  ) {
    super(`${variable} ${problem}`);
  }
}
