#!/usr/bin/env node
// Asked before anything else is loaded: an older Node would show the code it does not understand.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`sealgraph: Node 20.19 or newer is needed; this is ${process.versions.node}.\n`);
  process.exit(1);
}
const { runCommandLine } = await import('./cli/run-command-line.js');

process.exitCode = await runCommandLine(process.argv.slice(2));
// A start that was given up half-way has things open; a clean end must close them all by itself.
if (process.exitCode !== 0) process.exit();
export {};
