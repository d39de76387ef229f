import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Requests of this process, by undici, that have begun and not ended. */
const running = new Set<unknown>();
let waiting: (() => void)[] = [];

const requestOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'request' in message ? message.request : undefined;

function ended(message: unknown): void {
  running.delete(requestOf(message));
  if (running.size > 0) return;
  const woken = waiting;
  waiting = [];
  for (const wake of woken) wake();
}

subscribe('undici:request:create', (message) => void running.add(requestOf(message)));
subscribe('undici:request:trailers', ended);
subscribe('undici:request:error', ended);

/** Origins that requests of this process go to while something is done. */
export async function originsCalled(work: () => Promise<unknown>): Promise<readonly string[]> {
  const called = new Set<string>();
  const note = (message: unknown): void => {
    const request = requestOf(message);
    if (typeof request === 'object' && request !== null && 'origin' in request)
      called.add(String(request.origin));
  };
  subscribe('undici:request:create', note);
  try {
    await work();
    await providerCallsEnded();
  } finally {
    unsubscribe('undici:request:create', note);
  }
  return [...called];
}

/** A service's description is read before its first call, which only then is one. */
const readsFiles = (): boolean => process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));

// What follows from an answer takes a few turns of the event loop, and may be the next call.
const TURNS = 10;

/**
 * Resolves when files have been read, all calls to simulators answered, and those that followed from their answers too. Where time
 * stands still, this is how a test lets real sockets do their work.
 */
export async function providerCallsEnded(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (running.size === 0 && !readsFiles()) continue;
    if (running.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    turn = 0;
  }
}
