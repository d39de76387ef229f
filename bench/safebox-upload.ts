// Memory while a file passes through: 1 GiB (or the MiB given) by upload ticket, with the client in the same process.
import 'reflect-metadata';
import { measureMemory } from './support/measure-memory.js';
import { report } from './support/report.js';
import { MIB, startSafebox } from './support/start-safebox.js';

const sizeMiB = Number(process.argv[2] ?? 1024);
const safebox = await startSafebox();
await safebox.upload(64 * MIB);
const { seconds, ...memory } = await measureMemory(async () => {
  await safebox.upload(sizeMiB * MIB);
});
report('safebox-upload', { sizeMiB, ...memory, mibPerSecond: sizeMiB / seconds });
await safebox.stop();
