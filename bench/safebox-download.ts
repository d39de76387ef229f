// Memory while a file passes through: 1 GiB (or the MiB given) by download ticket, with the client in the same process.
import 'reflect-metadata';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { measureMemory } from './support/measure-memory.js';
import { report } from './support/report.js';
import { ask } from './support/ask.js';
import { MIB, startSafebox } from './support/start-safebox.js';

const sizeMiB = Number(process.argv[2] ?? 1024);
const safebox = await startSafebox();
const uploads = [await safebox.upload(64 * MIB), await safebox.upload(sizeMiB * MIB)];
const { commitSafeBox } = await ask<{ commitSafeBox: { safeBoxId: string } }>(
  safebox.url,
  'mutation ($input: CommitSafeBoxInput!) { commitSafeBox(input: $input) { safeBoxId } }',
  { input: { draftId: safebox.draftId, uploads, recipients: [{ email: 'guest@ext.example' }] } },
);

const download = async (index: number): Promise<number> => {
  const { safeBox } = await ask<{
    safeBox: { messages: { documents: { download: { url: string } }[] }[] };
  }>(
    safebox.url,
    'query ($id: ID!) { safeBox(id: $id) { messages { documents { download(userEmail: "ada@acme.example") { url } } } } }',
    { id: commitSafeBox.safeBoxId },
  );
  const url = safeBox.messages[0]?.documents[index]?.download.url ?? '';
  const [response] = (await once(get(new URL(url, safebox.url)), 'response')) as [IncomingMessage];
  if (response.statusCode !== 200)
    throw new Error(`answered with ${response.statusCode} ${await text(response)}`);
  let received = 0;
  for await (const chunk of response) received += (chunk as Buffer).length;
  return received;
};

await download(0);
const { seconds, ...memory } = await measureMemory(async () => {
  const received = await download(1);
  if (received !== sizeMiB * MIB) throw new Error(`${received} bytes came`);
});
report('safebox-download', { sizeMiB, ...memory, mibPerSecond: sizeMiB / seconds });
await safebox.stop();
