/** What a simulator keeps cannot be used. Its message is a sentence for whoever operates the program. */
export class SimulatorFileError extends Error {
  override readonly name = 'SimulatorFileError';
}

/** Does what uses a simulator's files. @throws SimulatorFileError also for what the file system refuses */
export async function usingFiles<Result>(use: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof Error && 'path' in error && 'code' in error)) throw error;
    const message = `${String(error.path)} cannot be used by the simulator (${String(error.code)}); move away what is in its place to begin anew`;
    throw new SimulatorFileError(message, { cause: error });
  }
}

/** Of a file that holds something else. */
export function notOfSimulator(path: string): SimulatorFileError {
  return new SimulatorFileError(`${path} is not the simulator's; remove it to begin anew`);
}
