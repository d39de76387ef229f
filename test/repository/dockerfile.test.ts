import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';

it('every file that the code reads from the package is in the image', () => {
  const read = ['src', 'resolvers', 'subgraphs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/(?<=packagePath\(')[^']+/g) ?? []),
  );
  assert.ok(read.includes('schema/operations'));
  const [image = ''] = readFileSync('Dockerfile', 'utf8').split('\nFROM ').slice(-1);
  const copied = [...image.matchAll(/^COPY .*\.\/(\S+)$/gm)].map(([, path = '']) => path);
  assert.deepEqual(
    read.filter((path) => !copied.some((folder) => path === folder || path.startsWith(`${folder}/`))),
    [],
  );
});
