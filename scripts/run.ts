import { spawnSync } from 'node:child_process';
import { compile, compiled } from './compile.js';

// node --import tsx scripts/run.ts scripts/docs.ts --check: compiles what changed, then runs that script of it.
const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error('Name the script to run.');
await compile();
const { status, signal } = spawnSync(process.execPath, [compiled(script), ...args], { stdio: 'inherit' });
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1);
