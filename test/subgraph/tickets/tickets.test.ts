import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTickets } from '../../../src/subgraph/tickets/tickets.js';
import type { TicketHandler } from '../../../src/subgraph/tickets/tickets.js';
import { ANNA, newVault, openTickets, secretOf } from './open.js';

const MINUTE_MS = 60_000;
const PUT: TicketHandler = { method: 'PUT', handle: () => Promise.resolve() };
const SEND = { kind: 'test.send', owner: ANNA, payload: '{"file":"a secret name"}' };

test('a ticket is good once, for whoever has it, and says whose it is and what for', async (t) => {
  const { tickets, clock } = openTickets(t);
  tickets.register(SEND.kind, PUT);
  const ticket = await tickets.issue(SEND, MINUTE_MS);
  assert.equal(ticket.expiresAt, clock.now() + MINUTE_MS);
  assert.deepEqual(await tickets.take(secretOf(ticket), 'PUT'), { content: SEND, handler: PUT });
  assert.equal(await tickets.take(secretOf(ticket), 'PUT'), 'unknown');
});

test('of many who come with one ticket at once, one gets it', async (t) => {
  const { tickets } = openTickets(t);
  tickets.register(SEND.kind, PUT);
  const secret = secretOf(await tickets.issue(SEND, MINUTE_MS));
  const taken = await Promise.all(Array.from({ length: 10 }, () => tickets.take(secret, 'PUT')));
  assert.equal(taken.filter((one) => one !== 'unknown').length, 1);
});

test('a ticket is good until it expires, and not a moment longer', async (t) => {
  const { tickets, clock } = openTickets(t);
  tickets.register(SEND.kind, PUT);
  const [first, second] = [await tickets.issue(SEND, MINUTE_MS), await tickets.issue(SEND, MINUTE_MS)];
  await clock.advance(MINUTE_MS - 1);
  assert.notEqual(await tickets.take(secretOf(first), 'PUT'), 'unknown');
  await clock.advance(1);
  assert.equal(await tickets.take(secretOf(second), 'PUT'), 'unknown');
});

test('another method does not use it up, and a ticket of a kind that is not served here is unknown', async (t) => {
  const { tickets } = openTickets(t);
  tickets.register(SEND.kind, PUT);
  const secret = secretOf(await tickets.issue(SEND, MINUTE_MS));
  assert.deepEqual(await tickets.take(secret, 'GET'), { allow: 'PUT' });
  assert.deepEqual(await tickets.take(secret, 'HEAD'), { allow: 'PUT' });
  assert.notEqual(await tickets.take(secret, 'PUT'), 'unknown');
  const other = secretOf(await tickets.issue({ ...SEND, kind: 'test.other' }, MINUTE_MS));
  assert.equal(await tickets.take(other, 'PUT'), 'unknown');
  assert.equal(await tickets.take('guessed', 'PUT'), 'unknown');
  assert.equal(await tickets.take('', 'PUT'), 'unknown');
});

test('a kind is served by one handler', (t) => {
  const { tickets } = openTickets(t);
  tickets.register(SEND.kind, PUT);
  assert.throws(() => tickets.register(SEND.kind, PUT), /registered twice/);
});

test('neither the secret of a ticket nor what it is for can be read in the store', async (t) => {
  const { tickets, written } = openTickets(t);
  const secret = secretOf(await tickets.issue(SEND, MINUTE_MS));
  assert.ok(secret.length >= 43, '32 random bytes');
  assert.equal(written.length, 1);
  assert.equal(JSON.stringify(written).includes(secret), false);
  assert.equal(JSON.stringify(written).includes('secret name'), false);
});

test('a ticket sealed with a key that is gone is unknown', async (t) => {
  const { tickets, records, clock } = openTickets(t);
  const secret = secretOf(await tickets.issue(SEND, MINUTE_MS));
  const others = createTickets({ records, clock, vault: newVault() });
  others.register(SEND.kind, PUT);
  assert.equal(await others.take(secret, 'PUT'), 'unknown');
});

test('URLs begin where clients reach the server', async (t) => {
  const { tickets } = openTickets(t, { baseUrl: 'https://graph.example' });
  assert.match((await tickets.issue(SEND, MINUTE_MS)).url, /^https:\/\/graph\.example\/files\/[\w-]{43}$/);
  const { tickets: relative } = openTickets(t);
  assert.match((await relative.issue(SEND, MINUTE_MS)).url, /^\/files\/[\w-]{43}$/);
});

test('a ticket made for one account is redeemed at no other', async (t) => {
  const { tickets, records, clock, vault } = openTickets(t);
  tickets.register(SEND.kind, PUT);
  const own = createTickets({ records, clock, vault });
  const OWN: TicketHandler = { method: 'PUT', handle: () => Promise.resolve() };
  own.register(SEND.kind, OWN, ANNA.tenant);
  own.register(SEND.kind, PUT);
  const ofAll = secretOf(await tickets.issue(SEND, MINUTE_MS));
  const ofOwn = secretOf(await own.issue(SEND, MINUTE_MS));
  assert.equal(await own.take(ofAll, 'PUT'), 'unknown');
  assert.equal(await tickets.take(ofOwn, 'PUT'), 'unknown');
  assert.notEqual(await tickets.take(ofAll, 'PUT'), 'unknown');
  const taken = await own.take(ofOwn, 'PUT');
  assert.ok(typeof taken === 'object' && 'handler' in taken && taken.handler === OWN);
});
