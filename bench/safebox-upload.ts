// Memory while a file passes through: 1 GiB (or the MiB given) by upload ticket, with the client in the same process.
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createApp } from '../src/app.js';
import { openPorts } from '../src/cli/open-ports.js';
import { loadConfig } from '../src/config/index.js';
import { createLogger } from '../src/logger.js';
import { safebox } from '../subgraphs/safebox.js';
import { report } from './support/report.js';
import { ask } from './support/start-app.js';

const MIB = 1024 * 1024;
const sizeBytes = Number(process.argv[2] ?? 1024) * MIB;

const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
// In a process of its own, so that its memory is not counted.
const simulator = spawn(
  process.execPath,
  ['--import', 'tsx', 'src/main.ts', 'simulator', 'safebox', '--dir', join(dir, 'simulator')],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const environment: Record<string, string> = {};
for await (const line of createInterface({ input: simulator.stdout })) {
  const [, name, value] = /^env (\w+)=(.*)$/.exec(line) ?? [];
  if (name !== undefined) environment[name] = value ?? '';
  if (line === 'ready') break;
}
const config = loadConfig({ PORT: '0', SEALGRAPH_DATA_DIR: dir, ...environment }, [
  { name: safebox.name, shape: safebox.settings },
]);
const logger = createLogger({ level: 'error' });
const ports = await openPorts(config, logger);
const app = await createApp({
  config,
  callers: { type: 'demo' },
  modules: [safebox],
  ports,
  logger,
  isSandbox: true,
});

const { initializeSafeBox } = await ask<{ initializeSafeBox: { draft: { id: string } } }>(
  app.url,
  'mutation { initializeSafeBox(input: { userEmail: "ada@acme.example" }) { draft { id } } }',
);
const upload = async (bytes: number): Promise<void> => {
  const { createSafeBoxUpload } = await ask<{ createSafeBoxUpload: { ticket: { url: string } } }>(
    app.url,
    'mutation ($input: CreateSafeBoxUploadInput!) { createSafeBoxUpload(input: $input) { ticket { url } } }',
    { input: { safeBoxId: initializeSafeBox.draft.id, fileName: 'large.dat', sizeBytes: bytes } },
  );
  const sending = request(new URL(createSafeBoxUpload.ticket.url, app.url), {
    method: 'PUT',
    headers: { 'content-length': bytes },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => resolve(response.resume().statusCode ?? 0)).once('error', reject);
  });
  const chunk = Buffer.alloc(64 * 1024);
  const chunks = function* (): Generator<Buffer> {
    for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
  };
  await pipeline(Readable.from(chunks()), sending);
  if ((await answered) !== 201) throw new Error(`the upload was answered with ${await answered}`);
};

await upload(64 * MIB);
const before = process.memoryUsage.rss();
let peak = before;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const startedAt = performance.now();
await upload(sizeBytes);
const seconds = (performance.now() - startedAt) / 1_000;
clearInterval(sampling);
report('safebox-upload', {
  sizeMiB: sizeBytes / MIB,
  rssBeforeMiB: before / MIB,
  rssGrowthMiB: (peak - before) / MIB,
  mibPerSecond: sizeBytes / MIB / seconds,
});
await app.stop();
simulator.kill();
rmSync(dir, { recursive: true, force: true });
