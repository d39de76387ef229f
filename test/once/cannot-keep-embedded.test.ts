import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { z } from 'zod';
import type { EmbeddedDatabase } from '../../src/store/embedded/database.js';
import { damage, damagePages, openFileStore, pagesOf, writeOut } from '../support/file-store.js';
import { ManualClock } from '../support/manual-clock.js';
import { newVault } from '../support/open-subgraph.js';
import type { Teardown } from '../support/simulators.js';
import { testCannotKeep, testDamage, testEnd } from './cannot-keep.js';
import type { BreakableStore } from './cannot-keep.js';

const folder = mkdtempSync(join(tmpdir(), 'sealgraph-disk-'));
// A log of one store alone grows to 4 MiB before it is written out.
const DISK_BYTES = 16_777_216;
// Whoever may mount has a disk that can be filled, and the others a file that may not grow.
const isDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder]).status === 0;
after(() => {
  if (isDisk) spawnSync('umount', ['--lazy', folder]);
  rmSync(folder, { recursive: true });
});

testCannotKeep('a file', (test) => openStore(test, folder));
// A damaged file cannot be closed in order, and takes room until nobody holds it any more.
testEnd('a file', openStore);
testDamage('a file', openStore);

async function openStore(test: Teardown, parent = tmpdir()): Promise<BreakableStore> {
  const clock = new ManualClock();
  const { path, database, ports } = await openFileStore(test, clock, parent);
  const say = (pragma: string) => async () => database.all(z.unknown(), `PRAGMA ${pragma}`);
  return {
    ports,
    vault: newVault(),
    clock,
    polls: true,
    isBusy: () => false,
    faults: [
      isDisk
        ? { name: 'the disk is full', ...fullDisk(database) }
        : {
            name: 'the file may not grow',
            isPartial: true,
            // Less than there is now means: no more than there is now.
            break: say('max_page_count = 1'),
            heal: say('max_page_count = 1000000'),
          },
      { name: 'the file is read-only', break: say('query_only = ON'), heal: say('query_only = OFF') },
    ],
    end: {
      name: 'its pages are damaged',
      async break() {
        writeOut(database);
        // At once: whoever comes meanwhile would read the pages into memory.
        damage(path, () => 1);
      },
    },
    tables: [...pagesOf(database).keys()].filter((name) => !name.startsWith('sqlite_')),
    async damage(table) {
      writeOut(database);
      const pages = pagesOf(database).get(table) ?? [];
      writeOut(database);
      damagePages(path, pages);
    },
    ready: ports.ready,
  };
}

function fullDisk(database: EmbeddedDatabase) {
  const filler = join(folder, 'filler');
  return {
    async break() {
      // What the log has room for is written without asking for more.
      writeOut(database);
      await writeFile(filler, Buffer.alloc(DISK_BYTES)).catch(() => undefined);
    },
    heal: () => rm(filler),
  };
}
