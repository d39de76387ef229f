import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { compile, compiled } from './compile.js';

const WATCHED = ['src', 'resolvers', 'subgraphs'];
/** An editor that saves several files at once shall cause one restart, milliseconds. */
const SETTLED_MS = 50;

let simulators: ChildProcess | undefined;
let sandbox: object | undefined;
let product: ChildProcess | undefined;
const changed = new Set<string>(WATCHED);

/**
 * `npm run dev`: the product of `npm start` from its sources, started anew with every change. The simulators, and with
 * them all that has happened in their world, go on until one of their own files changes.
 */
async function restart(): Promise<void> {
  const paths = [...changed];
  changed.clear();
  await compile();
  // At once, and without waiting for clients: the store survives that.
  await end(product);
  if (sandbox === undefined || paths.some((path) => path.startsWith('src/simulators/'))) {
    await end(simulators);
    simulators = fork(compiled('scripts/dev/simulators.ts'));
    [sandbox] = (await once(simulators, 'message')) as [object];
  }
  product = fork(compiled('scripts/dev/product.ts'));
  product.send(sandbox);
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

let timer: NodeJS.Timeout | undefined;
let running = restart();

for (const folder of WATCHED) {
  watch(folder, { recursive: true }, (_event, name) => {
    changed.add(`${folder}/${name ?? ''}`);
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A change that does not compile leaves nothing running but this; esbuild has said why.
      running = running.then(restart).catch((error: unknown) => console.error(String(error)));
    }, SETTLED_MS);
  });
}
