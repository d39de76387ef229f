import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createApp } from '../../src/app.js';
import { openPorts } from '../../src/cli/open-ports.js';
import { loadConfig } from '../../src/config/index.js';
import { createLogger } from '../../src/logger.js';
import { safebox } from '../../subgraphs/safebox.js';
import { ask } from './ask.js';
import { WITHOUT_LIMITS } from './without-limits.js';

export const MIB = 1024 * 1024;

/** SafeBox in this process, its simulator in another one, so that the simulator's memory is not counted. */
export interface RunningSafebox {
  /** The GraphQL endpoint. */
  readonly url: string;
  /** A reserved SafeBox that files can be sent to. */
  readonly draftId: string;
  /** Sends so many bytes by ticket; answers the id of the upload. */
  upload(sizeBytes: number): Promise<string>;
  stop(): Promise<void>;
}

export async function startSafebox(): Promise<RunningSafebox> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const simulator = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/main.ts', 'simulator', 'safebox', '--dir', join(dir, 'simulator')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // Also when the bench fails.
  process.once('exit', () => simulator.kill());
  const environment: Record<string, string> = {};
  for await (const line of createInterface({ input: simulator.stdout })) {
    const [, name, value] = /^env (\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) environment[name] = value ?? '';
    if (line === 'ready') break;
  }
  const config = loadConfig({ PORT: '0', SEALGRAPH_DATA_DIR: dir, ...WITHOUT_LIMITS, ...environment }, [
    safebox,
  ]);
  const logger = createLogger({ level: 'error' });
  const app = await createApp({
    config,
    callers: { type: 'demo' },
    modules: [safebox],
    ports: await openPorts(config, logger),
    logger,
    isSandbox: true,
  });
  const { initializeSafeBox } = await ask<{ initializeSafeBox: { draft: { id: string } } }>(
    app.url,
    'mutation { initializeSafeBox(input: { userEmail: "ada@acme.example" }) { draft { id } } }',
  );
  const draftId = initializeSafeBox.draft.id;
  return {
    url: app.url,
    draftId,
    upload: (sizeBytes) => upload(app.url, draftId, sizeBytes),
    async stop() {
      await app.stop();
      simulator.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function upload(url: string, safeBoxId: string, sizeBytes: number): Promise<string> {
  const { createSafeBoxUpload } = await ask<{
    createSafeBoxUpload: { attachment: { id: string }; ticket: { url: string } };
  }>(
    url,
    'mutation ($input: CreateSafeBoxUploadInput!) { createSafeBoxUpload(input: $input) { attachment { id } ticket { url } } }',
    { input: { safeBoxId, fileName: 'large.dat', sizeBytes } },
  );
  const sending = request(new URL(createSafeBoxUpload.ticket.url, url), {
    method: 'PUT',
    headers: { 'content-length': sizeBytes },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => resolve(response.resume().statusCode ?? 0)).once('error', reject);
  });
  const chunk = Buffer.alloc(64 * 1024);
  const chunks = function* (): Generator<Buffer> {
    for (let left = sizeBytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
  };
  await pipeline(Readable.from(chunks()), sending);
  if ((await answered) !== 201) throw new Error(`the upload was answered with ${await answered}`);
  return createSafeBoxUpload.attachment.id;
}
