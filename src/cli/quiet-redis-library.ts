/**
 * The library that speaks to Redis writes what it thinks of a server to the console, in words of its own. Whatever of it
 * matters to an operator is said by us: a user who may not look, a password that does not fit.
 */
export function quietRedisLibrary(): void {
  const warn = console.warn.bind(console);
  console.warn = (...said: unknown[]) => {
    if (!isOfLibrary(said[0])) warn(...said);
  };
}

const SAYINGS = [
  'Skipping the ready check because INFO',
  '[WARN] Redis server does not require a password',
  "[WARN] This Redis server's",
  '[ERROR] The server returned "wrong number',
];

function isOfLibrary(said: unknown): boolean {
  return typeof said === 'string' && SAYINGS.some((saying) => said.startsWith(saying));
}
