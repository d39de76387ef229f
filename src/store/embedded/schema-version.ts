import { closeSync, openSync, readSync } from 'node:fs';

export { SCHEMA_VERSION } from './schema.js';

const MAGIC = 'SQLite format 3\0';
const USER_VERSION_AT = 60;

/**
 * The version of what a file of the embedded store holds, read without opening it as such: a process may be using it,
 * and opening would upgrade it. Undefined when it is no such file.
 */
export function readSchemaVersion(path: string): number | undefined {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(100);
    const length = readSync(file, header, 0, header.length, 0);
    // An empty file is a new one.
    if (length === 0) return 0;
    return header.toString('latin1', 0, MAGIC.length) === MAGIC
      ? header.readUInt32BE(USER_VERSION_AT)
      : undefined;
  } finally {
    closeSync(file);
  }
}
