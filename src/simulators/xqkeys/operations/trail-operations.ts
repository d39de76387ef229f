import { z } from 'zod';
import { jsonAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { communicationOf, isShown, shownKeys, type Communication } from '../state/communications.js';
import { findKey, settleAll } from '../state/keys.js';
import { normal, type EventRecord, type KeyRecord } from '../state/records.js';
import { findSubscriber } from '../state/subscribers.js';
import { nothing, ok } from '../wire/answers.js';
import { ListQuery } from '../wire/list-query.js';
import { keyGone } from '../wire/refusal.js';
import { readJson } from '../wire/request-body.js';
import { administering, param, type AuthorizedCall } from './call.js';

const labelsSchema = z.object({ labels: z.array(z.string()) });

const EVENT_TITLES: Readonly<Record<keyof typeof ASSUMED.actions, string>> = {
  fetch: 'Key read',
  revokeKey: 'Key revoked',
  grant: 'Access granted',
  revoke: 'Access revoked',
  expire: 'Key expired',
  create: 'Key created',
};

function shownKey(call: AuthorizedCall): KeyRecord {
  const key = findKey(call.world, param(call, 'locator'));
  if (!isShown(key, call.token)) throw keyGone();
  return key;
}

function admits<Value>(wanted: readonly Value[] | undefined, ...values: readonly Value[]): boolean {
  return wanted === undefined || values.some((value) => wanted.includes(value));
}

function communications({ world, token, query }: AuthorizedCall) {
  const list = new ListQuery(query);
  const within = list.within();
  const [users, recipients] = [list.texts('users'), list.texts('recipients')];
  const [statuses, threats] = [list.numbers('status'), list.numbers('threats')];
  // Those of type 0 are no communications, unless asked for.
  const types = list.numbers('type');
  const search = list.pattern('search', 'i');
  const fits = ({ user, type, threat, meta, ...shown }: Communication): boolean =>
    within(shown.updated) &&
    admits(users, normal(user)) &&
    admits(recipients, ...shown.recipients) &&
    admits<number>(statuses, shown.status) &&
    admits(threats, threat) &&
    (types === undefined ? type !== 0 : types.includes(type)) &&
    search.test(JSON.stringify([user, shown.recipients, meta]));
  const shown = shownKeys(world, token).map((key) => communicationOf(world, key));
  return ok({ communications: list.page(shown.filter(fits)) });
}

function eventLog({ world, token, query }: AuthorizedCall) {
  settleAll(world);
  const list = new ListQuery(query);
  const within = list.within();
  const [users, keys] = [list.texts('user'), list.texts('keyid')];
  const threats = list.numbers('threat');
  const action = list.pattern('action');
  const data = (query.get('data') ?? '').toLowerCase();
  const matches = list.pattern('regex');
  const isShownHere = ({ teamId, user }: EventRecord): boolean =>
    (teamId !== undefined && teamId === token.teamId) ||
    token.subjects.some((subject) => normal(subject) === normal(user));
  const fits = (event: EventRecord): boolean =>
    isShownHere(event) &&
    within(event.timestamp) &&
    event.action.search(action) === 0 &&
    admits(users, normal(event.user), String(findSubscriber(world, event.user)?.id)) &&
    admits(threats, event.threat) &&
    admits(keys, event.token.toLowerCase()) &&
    event.data.toLowerCase().includes(data) &&
    matches.test(JSON.stringify(event));
  const log = list.page(world.records.events.filter(fits));
  return ok({ log: log.map(({ teamId: _teamId, ...item }) => item) });
}

function eventTypes() {
  const types = Object.entries(ASSUMED.actions).map(([id, action]) => ({
    id,
    action,
    title: Object.entries(EVENT_TITLES).find(([name]) => name === id)?.[1],
  }));
  return ok({ eventTypes: types });
}

async function addLabels(call: AuthorizedCall) {
  const { labels } = await readJson(call.request, labelsSchema);
  const key = shownKey(call);
  key.labels = [...new Set([...key.labels, ...labels])];
  key.updatedAt = call.world.now();
  call.world.changed();
  return nothing();
}

/** What became of keys: communications and the audit trail. */
export const TRAIL_OPERATIONS = administering({
  getCommunications: ['GET /communications', communications],
  getCommunication: [
    'GET /communication/:locator',
    // The state is a number here, where other answers have the word OK.
    (call) => jsonAnswer(200, communicationOf(call.world, shownKey(call))),
  ],
  addLabels: ['PATCH /communication/:locator/labels', addLabels],
  getEventLog: ['GET /log', eventLog],
  getEventTypes: ['GET /eventtypes', eventTypes],
});
