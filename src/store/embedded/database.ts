import { chmodSync, closeSync, openSync } from 'node:fs';
import Libsql from 'libsql';
import { z } from 'zod';
import { StoreUnavailableError } from '../../provider-error.js';
import { REHEARSAL } from './rehearsal.js';
import { readSchemaVersion } from './schema-version.js';
import { SCHEMA, SCHEMA_VERSION } from './schema.js';

/** A value as SQLite stores it. Text with a NUL character is compared in full, but read only up to there. */
export type SqlValue = string | number | null;

// Codes by which SQLite says that it cannot read or keep, each with its finer ones. Any other is a fault of ours.
const UNAVAILABLE = /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|NOMEM)/;
const PRIVATE = 0o600;
// Pages given back to the file system at a time, and what is kept of the log after it was written into the file, bytes.
const PAGES_GIVEN_BACK = 500;
const LOG_KEPT = 4_194_304;
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** The file is held by another process, written by a newer version, or cannot be opened. The message is for whoever starts the program. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

/**
 * Opens the one file that everything embedded lives in, creates its tables, and holds it exclusively: the lock is the
 * kernel's, so it ends with the process, however that ends. `:memory:` keeps everything in memory.
 * Safe against a killed process; after a loss of power the last moments may be missing.
 * @throws {DatabaseUnavailableError} when the file is in use by another process, is newer than this program, or cannot be opened.
 */
export function openDatabase(path: string): EmbeddedDatabase {
  try {
    if (path !== ':memory:') keepPrivate(path);
    refuseNewer(path === ':memory:' ? undefined : readSchemaVersion(path));
    return new EmbeddedDatabase(new Libsql(path));
  } catch (error) {
    const what = error instanceof NewerVersionError ? error.message : whyNotOpened(error);
    throw new DatabaseUnavailableError(`${path} ${what}`, { cause: error });
  }
}

const START_ANEW = 'put a copy of it back, or move it away to begin anew without what it knew.';
// What is wrong and what to do, by the code of SQLite or of the system.
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_BUSY/, 'is in use by another process: the embedded store serves one process only.'],
  [/^SQLITE_CORRUPT/, `is damaged: ${START_ANEW}`],
  [/^SQLITE_NOTADB/, `is none of ours, or is damaged: ${START_ANEW}`],
  [/^EISDIR/, 'is a folder where the file of the embedded store is to be: move it away.'],
  [
    /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/,
    'cannot be written: this user must be allowed to write to it and to its folder.',
  ],
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)/, 'cannot be written: the disk is full.'],
];

function whyNotOpened(error: unknown): string {
  const code = codeOf(error) || codeOf(error instanceof Error ? error.cause : undefined);
  const [, what] = CAUSES.find(([codes]) => codes.test(code)) ?? [];
  return what ?? 'cannot be opened as the embedded store.';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

class NewerVersionError extends Error {
  override readonly name = 'NewerVersionError';
}

/** Nothing is touched then: whoever wrote it may go on with it. */
function refuseNewer(found = 0): void {
  if (found > SCHEMA_VERSION)
    throw new NewerVersionError(
      `is of store version ${found}, written by a newer version of this program, which knows versions up to ${SCHEMA_VERSION}: use that one, or the copy made before the upgrade.`,
    );
}

/** The file, made when there is none, can be read by its owner alone, and with it what SQLite puts beside it. */
function keepPrivate(path: string): void {
  closeSync(openSync(path, 'a', PRIVATE));
  chmodSync(path, PRIVATE);
}

/** What somebody wants to write, and what they are told. */
interface Writer {
  readonly work: () => void;
  readonly kept: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * One open SQLite file. Synchronous but for `write`: what runs between two awaits is never interleaved with other work.
 * Everything throws StoreUnavailableError when the file cannot be read or written: full, read-only, damaged.
 */
export class EmbeddedDatabase {
  readonly #connection: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();
  #writers: Writer[] = [];
  #damage: StoreUnavailableError | undefined;

  constructor(connection: Libsql.Database) {
    this.#connection = connection;
    try {
      connection.exec('PRAGMA locking_mode = EXCLUSIVE');
      connection.exec('PRAGMA journal_mode = WAL');
      connection.exec('PRAGMA synchronous = NORMAL');
      connection.exec(`PRAGMA journal_size_limit = ${LOG_KEPT}`);
      connection.exec('BEGIN IMMEDIATE; COMMIT');
      // What a killed process has left beside the file counts too.
      refuseNewer(this.get(z.object({ user_version: z.number() }), 'PRAGMA user_version')?.user_version);
      this.#requireWhole();
      this.#statements.clear();
      this.#letItShrink();
      this.transaction(() => connection.exec(SCHEMA));
      connection.exec(REHEARSAL);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Runs a statement and answers how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    this.#requireSound();
    return this.#guard(() => this.#prepare(sql).run(...values).changes);
  }

  /** The first row, checked against `row`. */
  get<Row>(row: z.ZodType<Row>, sql: string, ...values: SqlValue[]): Row | undefined {
    const found = this.#guard(() => this.#prepare(sql).get(...values));
    return found === undefined ? undefined : row.parse(found);
  }

  /** Every row, checked against `row`. */
  all<Row>(row: z.ZodType<Row>, sql: string, ...values: SqlValue[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(...values)).map((found) => row.parse(found));
  }

  /** Everything `work` writes, or, when it throws, nothing. */
  transaction<Result>(work: () => Result): Result {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // A full disk has ended it already.
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * The same, resolved once it is kept: whatever is asked for in one turn of the event loop shares one transaction. Where
   * any of it fails, each has one of its own, so that nobody fails for another; `work` is done again then.
   */
  write<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      let result: Result;
      this.#writers.push({
        work: () => (result = work()),
        kept: () => resolve(result),
        failed: reject,
      });
      if (this.#writers.length === 1) setImmediate(() => this.#writeAll());
    });
  }

  /** Gives some of the space that nothing needs any more back to the file system. */
  giveBackSpace(): void {
    this.all(z.unknown(), `PRAGMA incremental_vacuum(${PAGES_GIVEN_BACK})`);
  }

  /**
   * Writes to the file.
   * @throws {StoreUnavailableError} when that fails, and once any of it was found to be damaged.
   */
  check(): void {
    this.#requireSound();
    this.#guard(() => this.#connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`));
  }

  /** Writes everything to the file and lets go of it. */
  close(): void {
    if (!this.#connection.open) return;
    this.#writeAll();
    // Prepared statements keep the connection, and with it the lock, until they are collected; leaving WAL lets go of it now.
    try {
      this.#guard(() => this.#connection.exec('PRAGMA journal_mode = DELETE'));
      this.#guard(() => this.#connection.exec('PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_master'));
    } finally {
      this.#statements.clear();
      this.#connection.close();
    }
  }

  #writeAll(): void {
    const writers = this.#writers;
    this.#writers = [];
    if (writers.length > 1 && this.#writeTogether(writers)) return;
    for (const writer of writers) {
      try {
        this.transaction(writer.work);
        writer.kept();
      } catch (error) {
        writer.failed(error);
      }
    }
  }

  #writeTogether(writers: readonly Writer[]): boolean {
    try {
      this.transaction(() => writers.forEach(({ work }) => work()));
    } catch {
      return false;
    }
    for (const { kept } of writers) kept();
    return true;
  }

  /** Damage is met before anything is done that would have to be kept. */
  #requireWhole(): void {
    const found = this.get(z.object({ quick_check: z.string() }), 'PRAGMA quick_check(1)')?.quick_check;
    if (found !== 'ok') throw new Libsql.SqliteError(String(found), 'SQLITE_CORRUPT', 11);
  }

  /** Nothing more is written where damage was found: nobody knows whether it could be read again. */
  #requireSound(): void {
    if (this.#damage) throw this.#damage;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const code = error instanceof Libsql.SqliteError ? error.code : '';
      if (!UNAVAILABLE.test(code)) throw error;
      const unavailable = new StoreUnavailableError(error);
      if (DAMAGED.test(code)) this.#damage ??= unavailable;
      throw unavailable;
    }
  }

  #prepare(sql: string): Libsql.Statement {
    if (!this.#connection.open) throw new Error('The embedded store is closed.');
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** A file of an earlier version is written anew for it, once. */
  #letItShrink(): void {
    const INCREMENTAL = 2;
    const found = this.get(z.object({ auto_vacuum: z.number() }), 'PRAGMA auto_vacuum')?.auto_vacuum;
    if (found === INCREMENTAL) return;
    this.#statements.clear();
    this.#connection.exec(`PRAGMA auto_vacuum = ${INCREMENTAL}`);
    this.#connection.exec('VACUUM');
  }
}
