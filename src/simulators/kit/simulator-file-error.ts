/** What a simulator keeps cannot be used. Its message is a sentence for whoever operates the program. */
export class SimulatorFileError extends Error {
  override readonly name = 'SimulatorFileError';
}

/** Starts what keeps its files in a folder. @throws SimulatorFileError also for what the file system refuses */
export async function usingFolder<Result>(dir: string, start: () => Promise<Result>): Promise<Result> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Error && 'path' in error && 'code' in error)) throw error;
    const message = `${dir} cannot be used by the simulator (${String(error.code)}); move it away to begin anew`;
    throw new SimulatorFileError(message, { cause: error });
  }
}

/** Of a file that holds something else. */
export function notOfSimulator(path: string): SimulatorFileError {
  return new SimulatorFileError(`${path} is not the simulator's; remove it to begin anew`);
}
