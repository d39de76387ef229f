import type { ParseArgsConfig } from 'node:util';

/** Something that runs until it is told to stop. */
export interface Running {
  stop(): Promise<void>;
}

export interface CommandInput {
  /** Words after the command. */
  readonly words: readonly string[];
  /** Options by name. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** One word of the command line. */
export interface Command {
  readonly options?: Readonly<NonNullable<ParseArgsConfig['options']>>;
  /** How many words it takes at most. */
  readonly maxWords: number;
  /** More help on what the words name, after that of the command. @throws UsageError */
  help?(words: readonly string[]): string;
  /** Does it. Answers what has to be stopped later when it goes on running, or an exit code. */
  run(input: CommandInput): Promise<Running | number>;
}

/** The command line cannot be understood. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
