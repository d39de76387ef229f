import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_DENIED,
  at,
  incorrect,
  listAt,
  NOT_FOUND,
  ok,
  refused,
  SEEDED,
  startWorld,
  type Wire,
  type WireAnswer,
} from './wire.js';

const OPEN = `/api/v2/safeboxes/${SEEDED.open}`;
const FAVORITES = '/api/v2/enterprises/acme/users/123/favorites';
const NOW = '2026-03-01T10:00:00.000Z';

const PERSON = {
  email: 'john@ext.example',
  first_name: 'John',
  last_name: 'S',
  company_name: 'Ext',
  contact_methods: [
    { destination_type: 'office_phone', destination: '+15145550000' },
    { destination_type: 'cell_phone', destination: '514-555-0001' },
  ],
};

/** Participants and favorites differ in wrapper, place and the nesting of what is returned. */
const KINDS = [
  { kind: 'participant', collection: `${OPEN}/participants`, options: ['guest_options'] },
  { kind: 'favorite', collection: FAVORITES, options: [] },
] as const;

interface Person {
  readonly path: string;
  readonly created: unknown;
  /** Contact methods of an answer. */
  methods(answer: unknown): unknown[];
  update(fields: object): Promise<WireAnswer>;
}

async function create(
  wire: Wire,
  { kind, collection, options }: (typeof KINDS)[number],
  fields: object = {},
): Promise<Person> {
  const created = ok(await wire.post(collection, { [kind]: { ...PERSON, ...fields } }));
  const path = `${collection}/${String(at(created, 'id'))}`;
  return {
    path,
    created,
    methods: (answer) => listAt(answer, ...options, 'contact_methods'),
    update: (changed) => wire.patch(path, { [kind]: changed }),
  };
}

test('a participant is created flat and answered nested', async (t) => {
  const { wire } = await startWorld(t);
  const { created } = await create(wire, KINDS[0], { first_name: null });
  const methods = listAt(created, 'guest_options', 'contact_methods');
  assert.match(String(at(created, 'id')), /^[0-9a-f]{32}$/);
  assert.deepEqual(created, {
    id: at(created, 'id'),
    first_name: '',
    last_name: 'S',
    email: 'john@ext.example',
    type: 'guest',
    role: 'guest',
    privileged: false,
    message_read_count: 0,
    message_total_count: 2,
    guest_options: {
      company_name: 'Ext',
      locked: false,
      bounced_email: false,
      failed_login_attempts: 0,
      verified: false,
      created_at: NOW,
      updated_at: NOW,
      contact_methods: PERSON.contact_methods.map((method, index) => ({
        id: at(methods[index], 'id'),
        ...method,
        verified: false,
        created_at: NOW,
        updated_at: NOW,
      })),
    },
  });
  assert.equal(typeof at(methods[0], 'id'), 'number');
  assert.deepEqual(listAt(await wire.read(`${OPEN}/participants`), 'participants').at(-1), created);
  const event = listAt(await wire.read(`${OPEN}/event_history`), 'event_history').at(-1);
  assert.equal(at(event, 'type'), 'participant_added');
});

test('a favorite is answered flat, its place assigned, its contact methods without verified', async (t) => {
  const { wire } = await startWorld(t);
  const { created } = await create(wire, KINDS[1], { order_number: 0 });
  const methods = listAt(created, 'contact_methods');
  assert.deepEqual(created, {
    id: at(created, 'id'),
    email: 'john@ext.example',
    first_name: 'John',
    last_name: 'S',
    company_name: 'Ext',
    order_number: 30,
    always_promote: false,
    created_at: NOW,
    updated_at: NOW,
    contact_methods: PERSON.contact_methods.map((method, index) => ({
      id: at(methods[index], 'id'),
      ...method,
      created_at: NOW,
      updated_at: NOW,
    })),
  });
  const orders = listAt(await wire.read(FAVORITES), 'favorites').map((favorite) =>
    at(favorite, 'order_number'),
  );
  assert.deepEqual(orders, [10, 20, 30]);
});

for (const kind of KINDS) {
  test(`an update of a ${kind.kind} changes what it names and leaves the rest, null too`, async (t) => {
    const { wire, control } = await startWorld(t);
    const person = await create(wire, kind);
    control.advanceClock({ ms: 1000 });
    const changed = ok(
      await person.update({
        email: 'new@ext.example',
        first_name: '',
        last_name: null,
        company_name: null,
        contact_methods: null,
      }),
    );
    assert.equal(at(changed, 'email'), 'new@ext.example');
    assert.equal(at(changed, 'first_name'), '');
    assert.equal(at(changed, 'last_name'), 'S');
    assert.equal(at(changed, ...kind.options, 'company_name'), 'Ext');
    assert.equal(at(changed, ...kind.options, 'updated_at'), '2026-03-01T10:00:01.000Z');
    assert.deepEqual(person.methods(changed), person.methods(person.created));
  });

  test(`contact methods of a ${kind.kind} are added, changed and destroyed by any truthy mark`, async (t) => {
    const { wire } = await startWorld(t);
    const person = await create(wire, kind);
    const kept = at(person.methods(person.created)[1], 'id');
    let first = at(person.methods(person.created)[0], 'id');
    for (const _destroy of [true, 'true', 1, '1']) {
      const left = ok(
        await person.update({
          contact_methods: [{ id: first, destination: '+1', destination_type: 'cell_phone', _destroy }],
        }),
      );
      assert.deepEqual(
        person.methods(left).map((method) => at(method, 'id')),
        [kept],
        String(_destroy),
      );
      const again = { destination: '+420', destination_type: 'other_phone' };
      const added = person.methods(ok(await person.update({ contact_methods: [again] })));
      first = at(added[1], 'id');
      assert.equal(at(added[1], 'destination'), '+420');
    }
    const changes = [
      { id: kept, destination: '+49' },
      { id: first, _destroy: false },
    ];
    const changed = person.methods(ok(await person.update({ contact_methods: changes })));
    assert.deepEqual(
      changed.map((method) => [at(method, 'destination'), at(method, 'destination_type')]),
      [
        ['+49', 'cell_phone'],
        ['+420', 'other_phone'],
      ],
    );
  });

  test(`a ${kind.kind} needs an email and real telephone types`, async (t) => {
    const { wire } = await startWorld(t);
    const bad = async (fields: object, attributes: Record<string, string[]>): Promise<void> =>
      incorrect(await wire.post(kind.collection, { [kind.kind]: { ...PERSON, ...fields } }), attributes);
    for (const email of [null, '', ' ']) await bad({ email }, { email: ['cannot be blank'] });
    await bad({ email: 'no address' }, { email: ['is invalid'] });
    await bad(
      { contact_methods: [{ destination_type: 'home', destination: '1' }] },
      { destination_type: ['is invalid'] },
    );
    await bad({ email: null, first_name: 7 }, { email: ['cannot be blank'], first_name: ['is invalid'] });
    const person = await create(wire, kind);
    incorrect(await person.update({ email: '' }), { email: ['cannot be blank'] });
    refused(await wire.patch(`${kind.collection}/9`, { [kind.kind]: {} }), 404, NOT_FOUND);
  });
}

test('locking revokes a guest, unlocking lets in again', async (t) => {
  const { wire, control } = await startWorld(t);
  const guest = await create(wire, KINDS[0], { email: 'x@ext.example' });
  const locked = ok(await guest.update({ locked: true }));
  assert.equal(at(locked, 'guest_options', 'locked'), true);
  const act = { guid: SEEDED.open, email: 'x@ext.example', act: 'read' } as const;
  assert.throws(() => control.guest(act), /locked out/);
  const event = listAt(await wire.read(`${OPEN}/event_history`), 'event_history').at(-1);
  assert.equal(at(event, 'type'), 'guest_access_revoked');
  assert.equal(at(ok(await guest.update({ locked: false })), 'guest_options', 'locked'), false);
  control.guest(act);
});

test('participants change in open SafeBoxes alone, and the owner not at all', async (t) => {
  const { wire } = await startWorld(t);
  incorrect(await wire.post(`${OPEN}/participants`, { participant: { email: 'BOB@partner.example' } }), {
    email: ['has already been taken'],
  });
  refused(
    await wire.patch(`${OPEN}/participants/123`, { participant: { first_name: 'x' } }),
    403,
    ACCESS_DENIED,
  );
  refused(await wire.call('DELETE', `${OPEN}/participants/123`), 404, NOT_FOUND);
  const closed = `/api/v2/safeboxes/${SEEDED.closed}/participants`;
  refused(await wire.post(closed, { participant: PERSON }), 400, {
    result: false,
    message: 'Unable to update the SafeBox.',
  });
});

test('a deleted favorite answers 204 without a body and is gone', async (t) => {
  const { wire } = await startWorld(t);
  const { path } = await create(wire, KINDS[1]);
  const answer = await wire.call('DELETE', `${path}.json?locale=en`, {
    headers: { 'Content-Type': 'application/json', 'Content-Length': '0' },
  });
  assert.deepEqual([answer.status, answer.text], [204, '']);
  refused(await wire.call('DELETE', path), 404, NOT_FOUND);
  assert.equal(listAt(await wire.read(FAVORITES), 'favorites').length, 2);
});

test('an order number is taken on update and decides the order', async (t) => {
  const { wire, enterprise } = await startWorld(t);
  const { path, created } = await create(wire, KINDS[1]);
  ok(await wire.patch(path, { favorite: { order_number: 5, always_promote: true } }));
  assert.equal(at(await enterprise.read(FAVORITES), 'favorites', 0, 'id'), at(created, 'id'));
  assert.equal(at(await enterprise.read(FAVORITES), 'favorites', 0, 'always_promote'), true);
});
