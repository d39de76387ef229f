// Resident memory of the product during ten minutes of reads, sends, changes, and subscribers who come and go.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, sendMessage } from './support/ask.js';
import { median } from './support/median.js';
import { startProduct } from './support/product.js';
import { report } from './support/report.js';
import { connectSubscribers } from './support/subscribers.js';

const MINUTES = 10;
const SAMPLE_MS = 2_000;
const READ_EVERY_MS = 20;
const SEND_EVERY_MS = 500;
const SUBSCRIBERS = 20;
const READS = [
  '{ viewer { subject tenant scopes } }',
  '{ twoFactorMessages(first: 10) { edges { node { id state subject recipients { userId status } } } } }',
  '{ person(email: "anna@example.test") { email twoFactorMessages(first: 5) { edges { node { id } } } } }',
];
const REFRESH = 'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }';
const CANCEL = 'mutation ($id: ID!) { cancelTwoFactorMessage(input: { id: $id }) { problem { code } } }';

const product = await startProduct();
const endsAt = Date.now() + MINUTES * 60_000;
const samplesMiB: number[] = [];
let answers = 0;

const read = async (): Promise<void> => {
  await ask(product.url, READS[answers % READS.length] ?? '');
};
const send = async (): Promise<void> => {
  const id = await sendMessage(product.url, ['anna@example.test']);
  const subscribers = await connectSubscribers(product.url, id, SUBSCRIBERS);
  await ask(product.url, REFRESH, { id });
  await ask(product.url, CANCEL, { id });
  subscribers.close();
};
await Promise.all([
  repeat(read, READ_EVERY_MS),
  repeat(send, SEND_EVERY_MS),
  repeat(async () => void samplesMiB.push(residentMiB()), SAMPLE_MS),
]);
await product.stop();

const share = (from: number, to: number): number =>
  median(samplesMiB.slice(samplesMiB.length * from, samplesMiB.length * to));
report('mixed-load', {
  minutes: MINUTES,
  answers,
  middleMiB: share(0.45, 0.55),
  endMiB: share(0.9, 1),
  growthInSecondHalf: share(0.9, 1) / share(0.45, 0.55) - 1,
});

async function repeat(work: () => Promise<void>, everyMs: number): Promise<void> {
  for (; Date.now() < endsAt; answers++) {
    await work();
    await sleep(everyMs);
  }
}

function residentMiB(): number {
  const [, kibibytes = ''] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1_024;
}
