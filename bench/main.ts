// `npm run bench [part of a name...]`: runs every figure, or those whose name holds one of the parts, one after the other,
// and prints their lines and a table. A whole run writes docs/performance.md, with the figures that could not be had.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleServer } from '../scripts/bundle-server.js';
import { runLimited } from '../scripts/run-limited.js';
import { GOALS, isReached } from './goals.js';
import type { Goal } from './goals.js';
import { median } from './support/median.js';

const FIGURES = [
  ...['query', 'real-graph', 'start', 'send-throughput', 'fan-out', 'fan-out-limit', 'publish-to-socket'],
  ...[
    'watches',
    'upstream-reads',
    'upstream-reads-replicas',
    'vip-push-polls',
    'vip-soap-overhead',
    'poll-lateness',
  ],
  'purge',
  ...['redis-memory', 'safebox-upload', 'safebox-download', 'safebox-inboxes', 'guardcrypto-local-crypto'],
  ...['guardcrypto-hostile-mails', 'mixed-load'],
];

/** They start what is measured, and nothing of themselves is. */
const STARTING: ReadonlySet<string> = new Set([
  'query',
  'real-graph',
  'start',
  'send-throughput',
  'mixed-load',
]);

// Several times what a figure takes on a quiet machine, and what the longest take, in minutes.
const LIMIT_MINUTES = 10;
const LONGER: Readonly<Record<string, number>> = {
  query: 30,
  'real-graph': 20,
  'mixed-load': 20,
  watches: 20,
};

const line = z.looseObject({ bench: z.string() });
type Line = z.infer<typeof line>;

const parts = process.argv.slice(2);
const chosen = FIGURES.filter((name) => parts.length === 0 || parts.some((part) => name.includes(part)));
if (chosen.length === 0) throw new Error(`no figure is called so; there are ${FIGURES.join(', ')}`);
installPeers();
const lines: Line[] = [];
const failed: string[] = [];
const loadBefore = loadavg()[0] ?? NaN;
for (const name of chosen) {
  const problem = await run(name);
  if (problem !== undefined) failed.push(`${name} (${problem})`);
}
const table = tableOf(lines);
process.stdout.write(`\n${table}\n`);
if (failed.length > 0) {
  process.stdout.write(`failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
if (chosen.length === FIGURES.length) writeFileSync('docs/performance.md', page(table, lines, failed));

/** What Sealgraph is compared with, once. */
function installPeers(): void {
  if (existsSync('bench/peers/node_modules')) return;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: 'bench/peers',
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('what Sealgraph is compared with cannot be installed');
}

/** Runs one figure in a process of its own; what went wrong, if anything did. */
async function run(name: string): Promise<string | undefined> {
  const before = lines.length;
  const limit = LONGER[name] ?? LIMIT_MINUTES;
  const command = [process.execPath, ...(await programOf(name))] as const;
  const ending = await runLimited(command, limit * 60_000, (text) => {
    process.stdout.write(`${text}\n`);
    if (text.startsWith('{')) lines.push(line.parse(JSON.parse(text)));
  });
  if (ending === 'out of time') return `not done in ${limit} minutes`;
  if (ending === 'badly') return 'ended badly';
  return lines.length === before ? 'has printed nothing' : undefined;
}

/** A figure that is measured in its own process is made into a program as the product is. */
async function programOf(name: string): Promise<readonly string[]> {
  if (STARTING.has(name)) return ['--import', 'tsx', `bench/${name}.ts`];
  const folder = join('dist/bench', name);
  await bundleServer({ [name]: `bench/${name}.ts` }, folder);
  return [join(folder, `${name}.js`)];
}

/** The figures that are meant to reach something. */
function tableOf(found: readonly Line[]): string {
  const rows = GOALS.flatMap((goal) => {
    const value = valueOf(goal, found);
    if (value === undefined) return [];
    const reached = isReached(goal, value);
    const wanted = goal.atLeast !== undefined ? `>= ${goal.atLeast}` : goal.atMost ? `<= ${goal.atMost}` : '';
    const verdict = reached === undefined ? '' : reached ? 'yes' : 'no';
    return [`| ${goal.says} | ${Number(value.toPrecision(3))} | ${wanted} | ${verdict} |`];
  });
  return ['| figure | measured | goal | reached |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** What keeps figures from their goals, each said once. */
function limitsOf(found: readonly Line[]): string {
  const missed = GOALS.filter((goal) => {
    const value = valueOf(goal, found);
    return value !== undefined && isReached(goal, value) === false;
  });
  const reasons = new Set(missed.flatMap(({ limit }) => limit ?? []));
  return [...reasons]
    .map((reason) => {
      const figures = missed.filter(({ limit }) => limit === reason).map(({ says }) => says);
      return `- ${figures.join('; ')}: ${reason}`;
    })
    .join('\n');
}

/** Of several lines, the median; undefined for one that was not had. */
function valueOf({ bench, figure }: Goal, found: readonly Line[]): number | undefined {
  const values = found
    .filter((one) => one.bench === bench)
    .flatMap((one) => (typeof one[figure] === 'number' ? [Number(one[figure])] : []));
  return values.length === 0 ? undefined : median(values);
}

function page(figures: string, found: readonly Line[], missing: readonly string[]): string {
  const limits = limitsOf(found);
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `# Performance

Made by \`npm run bench\`, which installs what Sealgraph is compared with (\`bench/peers\`), builds the product and runs every figure: \`npm run bench -- query\` runs one. Each figure is a ratio within one run: the contestants take turns in several rounds, and the median counts. Figures of two runs, or of two machines, are not to be compared.

This run: Node ${process.versions.node} on ${platform()} ${arch()}, ${availableParallelism()} processors, ${memory} GiB of memory; ${loadBefore.toFixed(1)} processes were running when it began.

${figures}
${missing.length > 0 ? `\nNot measured in this run: ${missing.join(', ')}.\n` : ''}
${limits && `\n## What keeps figures from their goals\n\n${limits}\n`}
## All figures

A line for each, as printed; \`growth\` is time against the least.

\`\`\`json
${found.map((one) => JSON.stringify(one)).join('\n')}
\`\`\`
`;
}
