import { Session } from 'node:inspector/promises';

// From before what is counted runs for the first time: what was compiled without counters has none.
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/**
 * How many steps the JavaScript of some files takes for something: every block counts each time it runs. Time says
 * nothing on a busy machine.
 */
export async function countSteps(
  isMeant: (url: string) => boolean,
  work: () => Promise<unknown>,
): Promise<number> {
  // Counters begin anew each time they are read.
  await session.post('Profiler.takePreciseCoverage');
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ url }) => isMeant(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}
