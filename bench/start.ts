// From the start of node to the first answer: the product in sandbox mode, which is started once before, against the
// least an Apollo Server can be.
import { performance } from 'node:perf_hooks';
import { start } from './support/contest.js';
import { median } from './support/median.js';
import { startProduct } from './support/product.js';
import { report } from './support/report.js';

const ROUNDS = 5;
const BENCH_HELLO = JSON.stringify({ typeDefs: 'type Query { hello: String }', root: { hello: 'world' } });

const product: number[] = [];
const hello: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const ours = await msOf(() => startProduct());
  const theirs = await msOf(() => start('peers/hello.js', { BENCH_HELLO }));
  if (round === 0) continue;
  product.push(ours);
  hello.push(theirs);
}
report('start', {
  productMs: median(product),
  helloMs: median(hello),
  ratio: median(product.map((ms, round) => ms / (hello[round] ?? NaN))),
});

async function msOf(begin: () => Promise<{ stop: () => Promise<void> }>): Promise<number> {
  const startedAt = performance.now();
  const { stop } = await begin();
  const ms = performance.now() - startedAt;
  await stop();
  return ms;
}
