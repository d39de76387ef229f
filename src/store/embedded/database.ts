import Libsql from 'libsql';
import { z } from 'zod';
import { SCHEMA, SCHEMA_VERSION } from './schema.js';

/** A value as SQLite stores it. Text with a NUL character is compared in full, but read only up to there. */
export type SqlValue = string | number | null;

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
    return new EmbeddedDatabase(new Libsql(path));
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) throw error;
    const inUse = error instanceof Libsql.SqliteError && error.code === 'SQLITE_BUSY';
    throw new DatabaseUnavailableError(
      inUse
        ? `${path} is in use by another process: the embedded store serves one process only.`
        : `${path} cannot be opened as the embedded store.`,
      { cause: error },
    );
  }
}

/** One open SQLite file. Synchronous: what runs between two awaits is never interleaved with other work. */
export class EmbeddedDatabase {
  readonly #connection: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();

  constructor(connection: Libsql.Database) {
    this.#connection = connection;
    try {
      connection.exec('PRAGMA locking_mode = EXCLUSIVE');
      connection.exec('PRAGMA journal_mode = WAL');
      connection.exec('PRAGMA synchronous = NORMAL');
      connection.exec('BEGIN IMMEDIATE; COMMIT');
      this.#createTables();
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Runs a statement and answers how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#prepare(sql).run(...values).changes;
  }

  /** The first row, checked against `row`. */
  get<Row>(row: z.ZodType<Row>, sql: string, ...values: SqlValue[]): Row | undefined {
    const found = this.#prepare(sql).get(...values);
    return found === undefined ? undefined : row.parse(found);
  }

  /** Every row, checked against `row`. */
  all<Row>(row: z.ZodType<Row>, sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepare(sql)
      .all(...values)
      .map((found) => row.parse(found));
  }

  /** Everything `work` writes, or, when it throws, nothing. */
  transaction<Result>(work: () => Result): Result {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** Writes everything to the file and lets go of it. */
  close(): void {
    if (!this.#connection.open) return;
    // Prepared statements keep the connection, and with it the lock, until they are collected; leaving WAL lets go of it now.
    this.#connection.exec('PRAGMA journal_mode = DELETE');
    this.#connection.exec('PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_master');
    this.#statements.clear();
    this.#connection.close();
  }

  #prepare(sql: string): Libsql.Statement {
    if (!this.#connection.open) throw new Error('The embedded store is closed.');
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #createTables(): void {
    const found = this.get(z.object({ user_version: z.number() }), 'PRAGMA user_version')?.user_version ?? 0;
    if (found > SCHEMA_VERSION)
      throw new DatabaseUnavailableError(
        'The embedded store was written by a newer version of this program.',
      );
    this.transaction(() => this.#connection.exec(SCHEMA));
  }
}
