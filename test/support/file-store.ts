import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { EmbeddedEventBus } from '../../src/live/embedded/embedded-event-bus.js';
import { EmbeddedWatchScheduler } from '../../src/live/embedded/embedded-watch-scheduler.js';
import { EmbeddedWatchStore } from '../../src/live/embedded/embedded-watch-store.js';
import { openDatabase, type EmbeddedDatabase } from '../../src/store/embedded/database.js';
import { EmbeddedRecordStore } from '../../src/store/embedded/embedded-record-store.js';
import { memoryLogger } from './memory-logger.js';
import type { Teardown } from './simulators.js';

const PAGE_BYTES = 4_096;

/** The embedded store in a file of its own, closed and removed with the test, with the database that it is over. */
export async function openFileStore(test: Teardown, clock: Clock, parent = tmpdir()) {
  const folder = await mkdtemp(join(parent, 'sealgraph-file-'));
  const path = join(folder, 'sealgraph.db');
  const database = openDatabase(path);
  const options = { clock, logger: memoryLogger() };
  const bus = new EmbeddedEventBus();
  const ports = {
    bus,
    records: new EmbeddedRecordStore(database, options),
    store: new EmbeddedWatchStore(database, { ...options, wake: (id) => bus.wake(id) }),
    scheduler: new EmbeddedWatchScheduler(database, options),
    ready: () => (database.check(), true),
  };
  test.after(async () => {
    await Promise.all([ports.records.close(), ports.store.close(), ports.scheduler.close()]);
    try {
      database.close();
    } catch {
      // A damaged one cannot be put in order any more.
    }
    await rm(folder, { recursive: true });
  });
  return { path, database, ports };
}

/** Writes what is in the log into the file, and forgets what was read of it: the next statement reads the file. */
export function writeOut(database: EmbeddedDatabase): void {
  database.all(z.unknown(), 'PRAGMA wal_checkpoint(TRUNCATE)');
  database.all(z.unknown(), 'PRAGMA shrink_memory');
}

/** The pages of each table and each index, by its name, counted from 0. */
export function pagesOf(database: EmbeddedDatabase): Map<string, number[]> {
  const row = z.object({ name: z.string(), pageno: z.number() });
  const pages = new Map<string, number[]>();
  for (const { name, pageno } of database.all(row, 'SELECT name, pageno FROM dbstat'))
    pages.set(name, [...(pages.get(name) ?? []), pageno - 1]);
  pages.delete('sqlite_schema');
  return pages;
}

/** Overwrites these pages of a file, counted from 0. */
export function damagePages(path: string, pages: readonly number[]): void {
  const file = openSync(path, 'r+');
  for (const page of pages) writeSync(file, Buffer.alloc(PAGE_BYTES, 0x5a), 0, PAGE_BYTES, page * PAGE_BYTES);
  closeSync(file);
}

/** Overwrites a file from the page of this number, counted from 0, to its end. */
export function damage(path: string, fromPage: (pages: number) => number): void {
  const { size } = statSync(path);
  const from = fromPage(Math.floor(size / PAGE_BYTES)) * PAGE_BYTES;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(size - from, 0x5a), 0, size - from, from);
  closeSync(file);
}
