let isQuiet = false;

/**
 * The library writes what it thinks of a server to the console, in words of its own. Whatever of it matters to an operator
 * is said by us: a user who may not look, a password that does not fit.
 */
export function quietLibrary(): void {
  if (isQuiet) return;
  isQuiet = true;
  const warn = console.warn.bind(console);
  console.warn = (...said: unknown[]) => {
    if (!isOfLibrary(said[0])) warn(...said);
  };
}

function isOfLibrary(said: unknown): boolean {
  return (
    typeof said === 'string' &&
    /^(Skipping the ready check because INFO|\[WARN\] (Redis server|This Redis server)|\[ERROR\] The server returned "wrong number)/.test(
      said,
    )
  );
}
