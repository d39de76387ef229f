import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

const PROMISES = /## What is promised\n([^]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8'))?.[1] ?? '';

it('every promise of SECURITY.md names tests that keep it', () => {
  const paragraphs = PROMISES.split('\n\n').filter((text) => text.startsWith('**'));
  assert.ok(paragraphs.length > 10);
  for (const paragraph of paragraphs) {
    const promise = /^\*\*(.+?)\*\*/.exec(paragraph)?.[1] ?? '';
    const [, after = ''] = PROMISES.split(paragraph);
    assert.match(after, /^\n\n- `test\//, promise);
  }
});

it('the tests that SECURITY.md names are there, under these names', () => {
  const named = [...PROMISES.matchAll(/^- `(test\/[^`]+)`: (.+)$/gm)];
  assert.ok(named.length > 30);
  for (const [, file = '', title = ''] of named)
    assert.ok(readFileSync(file, 'utf8').includes(title), `${file}: ${title}`);
});
