import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { z } from 'zod';
import { DatabaseUnavailableError, openDatabase } from '../../src/store/embedded/database.js';

const holder = `
  import { openDatabase } from ${JSON.stringify(new URL('../../src/store/embedded/database.js', import.meta.url).href)};
  const database = openDatabase(process.argv[1]);
  database.run("INSERT INTO records VALUES ('c', 'o', 'committed', 'v', 1, NULL)");
  try {
    database.transaction(() => {
      database.run("INSERT INTO records VALUES ('c', 'o', 'open', 'v', 1, NULL)");
      process.stdout.write('held');
      // Stays inside the transaction until it is killed.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  } catch {}
`;

test(
  'A second process is refused in one sentence, until the first has ended, however it ended.',
  {
    timeout: 60_000,
  },
  async (t) => {
    const path = await temporaryFile(t);
    const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', holder, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => child.kill('SIGKILL'));
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    assert.throws(() => openDatabase(path), {
      name: 'DatabaseUnavailableError',
      message: `${path} is in use by another process: the embedded store serves one process only.`,
    });
    child.kill('SIGKILL');
    await exited;
    const database = openDatabase(path);
    const found = database.all(z.object({ id: z.string() }), 'SELECT id FROM records');
    database.close();
    assert.deepEqual(found, [{ id: 'committed' }]);
  },
);

test('A file that was closed can be opened again at once, in the same process too.', async (t) => {
  const path = await temporaryFile(t);
  for (let n = 0; n < 3; n++) {
    const database = openDatabase(path);
    assert.throws(() => openDatabase(path), DatabaseUnavailableError);
    database.run('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)', 'c', 'o', `r${n}`, 'v', n, null);
    assert.equal(database.all(z.object({ id: z.string() }), 'SELECT id FROM records').length, n + 1);
    database.close();
    database.close();
    assert.throws(() => database.run('DELETE FROM records'), /closed/);
  }
});

test('What a transaction wrote before it failed is taken back.', (t) => {
  const database = openDatabase(':memory:');
  t.after(() => database.close());
  assert.throws(
    () =>
      database.transaction(() => {
        database.run("INSERT INTO records VALUES ('c', 'o', 'r', 'v', 1, NULL)");
        throw new Error('broken off');
      }),
    /broken off/,
  );
  assert.deepEqual(database.all(z.object({ id: z.string() }), 'SELECT id FROM records'), []);
});

test('Of those who write in one turn, one who fails takes nothing from the others, and each learns its own answer.', async (t) => {
  const path = await temporaryFile(t);
  const database = openDatabase(path);
  const insert = (id: string) => database.run("INSERT INTO records VALUES ('c', 'o', ?, 'v', 1, NULL)", id);
  const written = await Promise.allSettled([
    database.write(() => (insert('a'), 'first')),
    database.write(() => {
      insert('b');
      throw new Error('broken off');
    }),
    database.write(() => insert('a')),
    database.write(() => insert('c')),
  ]);
  assert.deepEqual(
    written.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
    [
      'first',
      'Error: broken off',
      'SqliteError: UNIQUE constraint failed: records.collection, records.owner, records.id',
      1,
    ],
  );
  // What was asked for before the file is closed is written.
  const last = database.write(() => insert('d'));
  database.close();
  await last;
  const again = openDatabase(path);
  const found = again.all(z.object({ id: z.string() }), 'SELECT id FROM records ORDER BY id');
  again.close();
  assert.deepEqual(
    found.map(({ id }) => id),
    ['a', 'c', 'd'],
  );
});

test('What is written in one turn goes to the file together.', async (t) => {
  const path = await temporaryFile(t);
  const database = openDatabase(path);
  const logBytes = async (): Promise<number> => (await stat(`${path}-wal`)).size;
  const insert = (id: string) => () =>
    database.run("INSERT INTO records VALUES ('c', 'o', ?, 'v', 1, NULL)", id);
  const empty = await logBytes();
  for (let n = 0; n < 20; n++) await database.write(insert(`one by one ${n}`));
  const oneByOne = (await logBytes()) - empty;
  await Promise.all(Array.from({ length: 20 }, (_, n) => database.write(insert(`together ${n}`))));
  const together = (await logBytes()) - empty - oneByOne;
  database.close();
  assert.ok(together < oneByOne / 5, `${together} bytes together, ${oneByOne} one by one`);
});

test('A file of a newer version, a file that is none of ours, and a missing folder are refused.', async (t) => {
  const path = await temporaryFile(t);
  const database = openDatabase(path);
  database.run('PRAGMA user_version = 999');
  database.close();
  assert.throws(() => openDatabase(path), { name: 'DatabaseUnavailableError', message: /newer version/ });
  const text = `${path}.txt`;
  await writeFile(text, 'This is a letter, not a database. '.repeat(100));
  assert.throws(() => openDatabase(text), { message: /^\S+\.txt is none of ours, or is damaged: / });
  const missing = join(path, 'missing', 'x.db');
  assert.throws(() => openDatabase(missing), {
    message: `${missing} cannot be opened as the embedded store.`,
  });
});

async function temporaryFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sealgraph-database-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'sealgraph.db');
}
