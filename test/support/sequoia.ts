import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.js';
import { temporaryDirectory, type Teardown } from './simulators.js';

/** Sequoia's `sq` among files of its own, which end with the test. */
export class Sequoia {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(test: Teardown): Promise<Sequoia> {
    return new Sequoia(await temporaryDirectory(test));
  }

  /** Runs sq among its files; it has to succeed. */
  run(args: readonly string[], input?: string | Uint8Array): Promise<Buffer> {
    return runProgram('sq', args, { cwd: this.#directory, input });
  }

  write(name: string, content: string | Uint8Array): Promise<void> {
    return writeFile(join(this.#directory, name), content);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.#directory, name), 'utf8');
  }
}
