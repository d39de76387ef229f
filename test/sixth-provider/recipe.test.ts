import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { followOverWebSocket } from '../support/follow.js';
import { askGraph, control, startSealgraph } from '../support/sealgraph.js';
import { ACME_FILES, copyProjectWithAcme } from './copy-project.js';

const CREATE =
  'mutation { createAcmeRequest(input: { user: "ann@example.test" }) { acmeRequest { id requestId status } problem { code } } }';
const REFUSED = 'mutation { createAcmeRequest(input: { user: "nobody" }) { problem { code path } } }';
const PERSON =
  '{ person(email: "ann@example.test") { acmeRequests { user status } twoFactorMessages { edges { cursor } } } }';
const FOLLOW =
  'subscription ($id: ID!) { acmeRequestChanged(id: $id) { isTerminal acmeRequest { status } } }';

interface Created {
  readonly createAcmeRequest: {
    readonly acmeRequest: { readonly id: string; readonly requestId: string; readonly status: string };
  };
}
interface Changed {
  readonly acmeRequestChanged: {
    readonly isTerminal: boolean;
    readonly acmeRequest: { readonly status: string };
  };
}

suite('a sixth provider, added to a copy of the project as docs/adding-a-provider.md says', () => {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'sealgraph-sixth-'));
    copyProjectWithAcme(directory);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const run = (program: string, ...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: directory, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  };

  test('takes six files and three hundred lines', () => {
    const lines = ACME_FILES.map(
      (file) => readFileSync(join(directory, file), 'utf8').split('\n').length - 1,
    );
    assert.equal(ACME_FILES.length, 6);
    assert.ok(lines.reduce((sum, one) => sum + one) <= 300, `they are ${lines.join(' + ')} lines`);
  });

  test('is lint clean, types and house rules included', () => {
    assert.equal(run('npx', 'eslint', '--max-warnings', '0', ...ACME_FILES), '');
    assert.equal(run('npx', 'prettier', '--check', '--log-level', 'warn', ...ACME_FILES), '');
  });

  test('is in the graph, its person and live status included, when the product starts', async (t) => {
    assert.equal(run('npm', 'run', '--silent', 'build'), '');
    const sealgraph = startSealgraph(
      t,
      ['start'],
      { PORT: '0', SEALGRAPH_DATA_DIR: join(directory, 'data') },
      { program: ['dist/bundle/main.js'], directory },
    );
    const url = await sealgraph.lineAfter('ready');
    const { data } = await askGraph<Created>(url, CREATE);
    const { id, requestId, status } = data.createAcmeRequest.acmeRequest;
    assert.equal(status, 'OPEN');
    assert.deepEqual((await askGraph(url, REFUSED)).data, {
      createAcmeRequest: { problem: { code: 'INVALID_INPUT', path: ['input', 'user'] } },
    });
    assert.deepEqual((await askGraph(url, PERSON)).data, {
      person: {
        acmeRequests: [{ user: 'ann@example.test', status: 'OPEN' }],
        twoFactorMessages: { edges: [] },
      },
    });
    const events = followOverWebSocket<Changed>(url, FOLLOW, { id });
    const first = await events.next();
    assert.equal(first.value?.data.acmeRequestChanged.acmeRequest.status, 'OPEN');
    const controlUrl = /control (http\S+)/.exec(
      sealgraph.lines.find((line) => /\bacme\b/.test(line)) ?? '',
    )?.[1];
    await control(controlUrl ?? '', 'setStatus', { id: requestId, status: 'APPROVED' });
    const last = await events.next();
    assert.deepEqual(last.value?.data.acmeRequestChanged, {
      isTerminal: true,
      acmeRequest: { status: 'APPROVED' },
    });
    assert.equal(await sealgraph.end('SIGTERM'), 0);
  });
});
