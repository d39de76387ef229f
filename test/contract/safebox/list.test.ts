import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, listAt, refused, SEEDED, startWorld, type Wire } from './wire.js';

async function guids(wire: Wire, query = ''): Promise<unknown[]> {
  return listAt(await wire.read(`/api/v2/safeboxes${query}`), 'safeboxes').map((item) =>
    at(item, 'safebox', 'guid'),
  );
}

test('a list element is wrapped and complete', async (t) => {
  const { wire, simulator } = await startWorld(t);
  const page = await wire.read('/api/v2/safeboxes?status=closed&locale=en');
  assert.deepEqual(page, {
    count: 1,
    previous_page_url: null,
    next_page_url: null,
    safeboxes: [
      {
        safebox: {
          guid: SEEDED.closed,
          user_id: 123,
          enterprise_id: 1,
          subject: 'Invoices of last month',
          notification_language: 'en',
          status: 'closed',
          security_profile_name: 'email-only',
          unread_count: 0,
          double_encryption_status: 'disabled',
          audit_record_pdf: `${simulator.url}/s/${SEEDED.closed}.pdf`,
          secure_link: at(page, 'safeboxes', 0, 'safebox', 'secure_link'),
          secure_link_title: 'Send Ada a file',
          email_notification_enabled: true,
          created_at: '2026-02-17T10:00:00.000Z',
          updated_at: '2026-02-19T10:00:00.000Z',
          assigned_at: '2026-02-17T10:00:00.000Z',
          latest_activity: '2026-02-19T10:00:00.000Z',
          expiration: '2026-02-24T10:00:00.000Z',
          closed_at: '2026-02-19T10:00:00.000Z',
          content_deleted_at: null,
        },
      },
    ],
  });
});

test('the latest activity comes first', async (t) => {
  const { wire, control } = await startWorld(t);
  assert.deepEqual(await guids(wire), [
    SEEDED.open,
    SEEDED.shared,
    SEEDED.keyRequired,
    SEEDED.closed,
    SEEDED.contentDeleted,
  ]);
  control.guest({ guid: SEEDED.keyRequired, email: 'zoe@client.example', act: 'read' });
  assert.equal((await guids(wire))[0], SEEDED.keyRequired);
});

test('states are any of, unread is and', async (t) => {
  const { wire, control } = await startWorld(t);
  const cases = [
    ['in_progress', [SEEDED.open, SEEDED.shared, SEEDED.keyRequired]],
    ['closed,content_deleted', [SEEDED.closed, SEEDED.contentDeleted]],
    ['unread', [SEEDED.open]],
    ['in_progress,unread', [SEEDED.open]],
    ['closed,unread', []],
    ['', [SEEDED.open, SEEDED.shared, SEEDED.keyRequired, SEEDED.closed, SEEDED.contentDeleted]],
  ] as const;
  for (const [status, expected] of cases)
    assert.deepEqual(await guids(wire, `?status=${status}`), expected, status);
  refused(await wire.get('/api/v2/safeboxes?status=open'), 400, {
    error: 'Invalid status parameter value (open)',
  });
  control.advanceClock({ ms: 8 * 24 * 60 * 60 * 1000 });
  assert.deepEqual(await guids(wire, '?status=in_progress'), []);
});

test('the search looks at subject, id, message, participants, file name and fingerprint', async (t) => {
  const { wire } = await startWorld(t);
  const sha = at(await wire.info(SEEDED.open, 'messages'), 'messages', 0, 'documents', 0, 'sha');
  const terms = [
    ['contract', [SEEDED.open]],
    ['0000000000000002', [SEEDED.keyRequired]],
    ['ALL IS WELL', [SEEDED.open]],
    ['zoe@client', [SEEDED.open, SEEDED.keyRequired]],
    ['Šimková', [SEEDED.open, SEEDED.keyRequired]],
    ['übersicht ✓', [SEEDED.open]],
    [String(sha).slice(4, 40), [SEEDED.open]],
    ['your eyes only', []],
    ['nothing at all', []],
  ] as const;
  for (const [term, expected] of terms)
    for (const name of ['search', 'search_term'])
      assert.deepEqual(await guids(wire, `?${name}=${encodeURIComponent(term)}`), expected, term);
});

test('pages are linked by relative URLs that lead through all of them', async (t) => {
  const { wire, control } = await startWorld(t);
  const made = control.createBoxes({ count: 25, subject: 'Páge' });
  const seen: unknown[] = [];
  let next: unknown = `api/v2/safeboxes?search=${encodeURIComponent('Páge')}&per_page=10&locale=en`;
  const previous: unknown[] = [];
  while (typeof next === 'string') {
    const page = await wire.read(`/${next}`);
    assert.equal(at(page, 'count'), 25);
    previous.push(at(page, 'previous_page_url'));
    seen.push(...listAt(page, 'safeboxes').map((item) => at(item, 'safebox', 'guid')));
    next = at(page, 'next_page_url');
  }
  assert.equal(next, null);
  assert.deepEqual(seen, made.reverse());
  const link = (page: number): string => `api/v2/safeboxes?search=P%C3%A1ge&per_page=10&page=${page}`;
  assert.deepEqual(previous, [null, link(1), link(2)]);
});

test('page URLs can be absolute', async (t) => {
  const { wire, control, simulator } = await startWorld(t);
  control.changeDialect({ pageUrls: 'absolute' });
  const page = await wire.read('/api/v2/safeboxes?per_page=1&page=2&status=in_progress');
  const url = (number: number): string =>
    `${simulator.url}/api/v2/safeboxes?status=in_progress&per_page=1&page=${number}`;
  assert.equal(at(page, 'previous_page_url'), url(1));
  assert.equal(at(page, 'next_page_url'), url(3));
});

test('a page holds 100 unless asked otherwise, from 1 to 1000', async (t) => {
  const { wire, control } = await startWorld(t);
  control.createBoxes({ count: 1200 });
  assert.equal((await guids(wire)).length, 100);
  assert.equal((await guids(wire, '?per_page=1000')).length, 1000);
  assert.equal((await guids(wire, '?per_page=1000&page=2')).length, 205);
  assert.deepEqual(await guids(wire, '?page=99'), []);
  for (const value of ['1001', '0', '-1', 'many', '1.5'])
    refused(await wire.get(`/api/v2/safeboxes?per_page=${value}`), 400, {
      error: `Invalid per_page parameter value (${value})`,
    });
  assert.equal((await wire.get('/api/v2/safeboxes?page=0')).status, 400);
});
