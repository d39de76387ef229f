import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '../../src/store/embedded/database.js';
import { damage, damagePages } from '../support/file-store.js';
import { startSealgraph } from '../support/sealgraph.js';
import { temporaryDirectory } from '../support/simulators.js';

const NOBODY = 65_534;

interface Row {
  readonly name: string;
  /** Makes what is found at the start in a folder of its own, and answers the folder for data. */
  readonly make: (folder: string) => string;
  readonly says: (dataDir: string) => string;
  /** Whether it stops nobody who may do everything. Default false. */
  readonly isOfPermissions?: boolean;
}

const IN_FILE = (what: string) => (dataDir: string) => `${join(dataDir, 'sealgraph.db')} ${what}`;
const OF_FOLDER = (what: string) => () => `SEALGRAPH_DATA_DIR ${what}`;
const ANEW = 'put a copy of it back, or move it away to begin anew without what it knew.';

const rows: readonly Row[] = [
  {
    name: 'a file of which all but the beginning is gone',
    make: filled((path) => damage(path, () => 1)),
    says: IN_FILE(`is damaged: ${ANEW}`),
  },
  {
    name: 'a file of which one page is gone',
    make: filled((path) => damagePages(path, [20])),
    says: IN_FILE(`is damaged: ${ANEW}`),
  },
  {
    name: 'a file that is no database',
    make: withFile('This is a letter, not a database. '.repeat(200)),
    says: IN_FILE(`is none of ours, or is damaged: ${ANEW}`),
  },
  {
    name: 'a folder in the place of the file',
    make(folder) {
      mkdirSync(join(folder, 'sealgraph.db'));
      return folder;
    },
    says: IN_FILE('is a folder where the file of the embedded store is to be: move it away.'),
  },
  {
    name: 'a file of a newer version',
    make: filled((path) => {
      const database = openDatabase(path);
      database.run('PRAGMA user_version = 999');
      database.close();
    }),
    says: IN_FILE(
      'is of store version 999, written by a newer version of this program, which knows versions up to 2: use that one, or the copy made before the upgrade.',
    ),
  },
  {
    name: 'a file in the place of the folder',
    make(folder) {
      const file = join(folder, 'data');
      writeFileSync(file, '');
      return file;
    },
    says: OF_FOLDER('leads through a file: it must name a folder.'),
  },
  {
    name: 'a folder where the system lets nobody make one',
    make: () => '/proc/sealgraph',
    says: OF_FOLDER('names a folder that this user may not write to.'),
  },
  {
    name: 'a folder that may not be written to',
    isOfPermissions: true,
    make(folder) {
      chmodSync(folder, 0o555);
      return folder;
    },
    says: OF_FOLDER('names a folder that this user may not write to.'),
  },
  {
    name: 'a file that may not be written to',
    isOfPermissions: true,
    make(folder) {
      chmodSync(folder, 0o777);
      const path = join(folder, 'sealgraph.db');
      openDatabase(path).close();
      chmodSync(path, 0o444);
      return folder;
    },
    says: IN_FILE('cannot be written: this user must be allowed to write to it and to its folder.'),
  },
  ...Object.entries({
    'vipidentity/state.json': 'null',
    'safebox/world.json': '[]',
    'xqkeys/records.json': '{"a":',
    'messaging2fa/messages.json': '{"messages":7}',
    'guardcrypto/credentials.json': '{"x":null}',
  }).map(([name, text]): Row => ({
    name: `${text} as the simulator's ${name}`,
    make(folder) {
      const path = join(folder, 'simulators', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return folder;
    },
    says: (dataDir) => `${join(dataDir, 'simulators', name)} is not the simulator's; remove it to begin anew`,
  })),
  ...[['vipidentity', 'certificates', 'ENOTDIR'] as const, ['safebox', '.', 'EEXIST'] as const].map(
    ([simulator, name, code]): Row => ({
      name: `a file in the place of the folder ${name} of the simulator ${simulator}`,
      make(folder) {
        const path = join(folder, 'simulators', simulator, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, '');
        return folder;
      },
      says: (dataDir) =>
        `${join(dataDir, 'simulators', simulator)} cannot be used by the simulator (${code}); move it away to begin anew`,
    }),
  ),
];

for (const { name, make, says, isOfPermissions = false } of rows)
  test(`a start on ${name} ends with one sentence that says which and what to do`, async (t) => {
    const dataDir = make(await temporaryDirectory(t));
    const settings = { PORT: '0', SEALGRAPH_DATA_DIR: dataDir };
    const started = startSealgraph(t, ['start'], settings, isOfPermissions ? asNobody() : {});
    const code = await started.exited;
    assert.deepEqual({ code, said: started.errors() }, { code: 1, said: `sealgraph: ${says(dataDir)}\n` });
  });

function asNobody(): { readonly uid?: number } {
  return process.getuid?.() === 0 ? { uid: NOBODY } : {};
}

/** A store with more in it than fits into a few pages. */
function filled(change: (path: string) => void): (folder: string) => string {
  return (folder) => {
    const path = join(folder, 'sealgraph.db');
    const database = openDatabase(path);
    for (let n = 0; n < 200; n++)
      database.run(
        "INSERT INTO records (collection, owner, id, value, created_at) VALUES ('c', 'o', ?, ?, 1)",
        `r${n}`,
        'x'.repeat(2_000),
      );
    database.close();
    change(path);
    return folder;
  };
}

function withFile(text: string): (folder: string) => string {
  return (folder) => {
    writeFileSync(join(folder, 'sealgraph.db'), text);
    return folder;
  };
}
