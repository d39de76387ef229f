import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { REDIS_SITES, type RedisSiteName } from './redis-site.js';
import { runMutants } from './run-mutants.js';
import { runChaos, type ChaosOptions, type ChaosReport } from './run.js';
import { SCENES, type SceneName } from './scenes/index.js';
import { chaosTable } from './table.js';
import { isFlawless } from './verdict.js';

// npm run chaos -- --minutes 10 --seed 1: the product for so long, then the control for a fifth of it, side by side.
// npm run chaos -- --provider safebox,xqkeys --redis cluster: the product alone, for that long with each.
// npm run chaos -- --mutants [--only text]: each mutant of the product, or those whose names hold a text, until it is caught.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    watches: { type: 'string', default: '300' },
    provider: { type: 'string' },
    redis: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const common = { seed: Number(values.seed), watches: Number(values.watches) };
if (values.mutants) await runMutants({ ...common, only: values.only });
else if (values.provider === undefined && values.redis === undefined) await runBeside();
else await runEach();

async function runBeside(): Promise<void> {
  const product = await runFor({ variant: 'product', patienceMs: 60_000 }, Number(values.minutes));
  const control = await runFor({ variant: 'naive', patienceMs: 10_000 }, Number(values.minutes) / 5);
  report([product, control]);
  judge(product);
  if (isFlawless(control)) {
    console.log('The control has not failed: this run proves nothing.');
    process.exitCode = 1;
  }
}

async function runEach(): Promise<void> {
  const reports: ChaosReport[] = [];
  for (const provider of chosen<SceneName>('--provider', SCENES, values.provider ?? 'messaging2fa'))
    for (const redis of chosen<RedisSiteName>('--redis', REDIS_SITES, values.redis ?? 'standalone')) {
      const options = { variant: 'product', patienceMs: 90_000, provider, redis } as const;
      reports.push(await runFor(options, Number(values.minutes)));
      report(reports);
    }
  for (const one of reports) judge(one);
}

function runFor(
  options: Omit<ChaosOptions, 'seed' | 'watches' | 'goOn'>,
  minutes: number,
): Promise<ChaosReport> {
  const until = Date.now() + minutes * 60_000;
  return runChaos({ ...common, ...options, goOn: (waves) => waves === 0 || Date.now() < until });
}

function report(reports: readonly ChaosReport[]): void {
  console.log(`seed ${values.seed}\n${chaosTable(reports)}`);
}

function judge(product: ChaosReport): void {
  if (isFlawless(product) && product.crashes.length === 0) return;
  const { provider, redis, crashes, history } = product;
  const path = join(tmpdir(), `sealgraph-chaos-${provider}-${redis}-${values.seed}.jsonl`);
  history.save(path);
  console.log(`The product has failed; its history is in ${path}\n${crashes.join('\n')}`);
  process.exitCode = 1;
}

/** Those of a table that an option names, separated by commas; `all` is each. */
function chosen<Name extends string>(
  option: string,
  table: Readonly<Record<Name, unknown>>,
  text: string,
): readonly Name[] {
  const isKnown = (name: string): name is Name => Object.hasOwn(table, name);
  const names = text === 'all' ? Object.keys(table) : text.split(',');
  return names.map((name) => {
    if (isKnown(name)) return name;
    throw new Error(`${option} names one of ${Object.keys(table).join(', ')}, several of them, or all.`);
  });
}
