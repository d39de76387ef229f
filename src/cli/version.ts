import { versionFacts } from '../operate/version.js';

/** Prints the version of this package, and the first characters of the hash of its supergraph, on a line. */
export function printVersion(): void {
  const { version, graph } = versionFacts();
  process.stdout.write(`${version} (graph ${graph})\n`);
}
