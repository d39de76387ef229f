import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_DENIED,
  at,
  EVE,
  keysOf,
  listAt,
  NOT_FOUND,
  ok,
  OTTO,
  refused,
  startWorld,
  textAt,
} from './wire.js';

const ACME = '/api/v2/enterprises/acme';
const RULES = (
  'allow_email allow_for_secure_links allow_manual_close allow_manual_delete allow_remember_me allow_sms allow_voice ' +
  'allowed_login_attempts auto_extend_unit auto_extend_value code_length code_time_limit consent_group_id ' +
  'distribute_key double_encryption encrypt_attachments encrypt_message expiration_unit expiration_value ' +
  'group_replies reply_enabled retention_period_type retention_period_unit retention_period_value ' +
  'two_factor_required use_captcha verify_email'
).split(' ');
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test('enterprise settings are complete and not wrapped', async (t) => {
  const { wire, control } = await startWorld(t);
  control.changeSettings({ max_file_size_value: 5, max_file_size_unit: 'MB' });
  const settings = await wire.read(`${ACME}/settings`);
  assert.match(textAt(settings, 'created_at'), DATE);
  assert.deepEqual(settings, {
    default_security_profile_id: 10,
    pdf_language: 'en',
    use_pdfa_audit_records: false,
    international_dialing_plan: 'ca',
    extension_filter: { mode: 'forbid', list: ['bat', 'bin'] },
    virus_scan_enabled: false,
    max_file_size_value: 5,
    max_file_size_unit: 'MB',
    include_users_in_autocomplete: true,
    include_favorites_in_autocomplete: true,
    users_public_url: true,
    created_at: at(settings, 'created_at'),
    updated_at: at(settings, 'updated_at'),
  });
});

test('every rule of a security profile is an object of value and modifiable', async (t) => {
  const { wire } = await startWorld(t);
  const answer = await wire.read(`${ACME}/security_profiles?user_email=ada@acme.example`);
  assert.equal(at(answer, 'default'), 10);
  const profiles = listAt(answer, 'security_profiles');
  assert.deepEqual(
    profiles.map((profile) => at(profile, 'name')),
    ['email-only', 'strict', 'with-consent'],
  );
  for (const profile of profiles) {
    assert.ok(typeof profile === 'object' && profile !== null);
    const { id, name, description, created_at, updated_at, ...rules } = Object.fromEntries(
      Object.entries(profile),
    );
    assert.equal(typeof id, 'number');
    for (const text of [name, description, created_at, updated_at]) assert.equal(typeof text, 'string');
    assert.deepEqual(Object.keys(rules).sort(), RULES);
    for (const rule of Object.values(rules)) assert.deepEqual(keysOf(rule).sort(), ['modifiable', 'value']);
    // Null here breaks one published client.
    for (const key of ['auto_extend_unit', 'expiration_value', 'expiration_unit', 'retention_period_type'])
      assert.notEqual(at(rules, key, 'value'), null);
  }
  assert.deepEqual(at(profiles[0], 'expiration_value'), { value: 7, modifiable: true });
  assert.deepEqual(at(profiles[1], 'double_encryption'), { value: true, modifiable: false });
});

test('profiles are those of the user, and the default need not be one of them', async (t) => {
  const { wire, enterprise, signIn } = await startWorld(t);
  const otto = await signIn(OTTO);
  const ids = async (from: typeof wire, query: string): Promise<unknown[]> =>
    listAt(await from.read(`${ACME}/security_profiles${query}`), 'security_profiles').map((profile) =>
      at(profile, 'id'),
    );
  assert.deepEqual(await ids(otto, ''), [11, 12]);
  assert.deepEqual(await ids(enterprise, '?user_email=OTTO@acme.example'), [11, 12]);
  assert.deepEqual(await ids(enterprise, ''), [10, 11, 12]);
  for (const email of ['otto@acme.example', 'eve@globex.example', 'nobody@acme.example'])
    refused(await wire.get(`${ACME}/security_profiles?user_email=${email}`), 403, ACCESS_DENIED);
  const eve = await signIn(EVE);
  assert.equal(at(await eve.read('/api/v2/enterprises/globex/security_profiles'), 'default'), null);
});

test('a consent group holds one message per locale', async (t) => {
  const { wire } = await startWorld(t);
  const group = await wire.read(`${ACME}/consent_message_groups/1`);
  assert.equal(at(group, 'consent_message_group', 'id'), 1);
  const messages = listAt(group, 'consent_message_group', 'consent_messages');
  assert.deepEqual(
    messages.map((message) => at(message, 'locale')),
    ['en', 'fr'],
  );
  assert.match(textAt(messages[0], 'created_at'), DATE);
  refused(await wire.get(`${ACME}/consent_message_groups/99`), 404, NOT_FOUND);
});

test('user settings hold the personal secure link', async (t) => {
  const { wire, enterprise, simulator } = await startWorld(t);
  const settings = await wire.read(`${ACME}/users/123/settings`);
  assert.equal(at(settings, 'mark_as_read_delay'), 5);
  assert.equal(at(settings, 'recipient_language'), null);
  assert.equal(at(settings, 'secure_link', 'enabled'), true);
  assert.match(textAt(settings, 'secure_link', 'url'), new RegExp(`^${simulator.url}/r/[0-9a-f]{32}$`));
  ok(await enterprise.get(`${ACME}/users/124/settings`));
  refused(await enterprise.get(`${ACME}/users/999/settings`), 404, NOT_FOUND);
});

test('suggestions come from both paths, with all six keys, as far as the settings allow', async (t) => {
  const { wire, enterprise, control } = await startWorld(t);
  const hits = async (from: typeof wire, term: string, path = 'recipients'): Promise<unknown[]> =>
    listAt(await from.read(`/api/v2/${path}/autocomplete?term=${encodeURIComponent(term)}`), 'results');
  const [favorite] = await hits(wire, 'Partner');
  assert.deepEqual(favorite, {
    id: at(favorite, 'id'),
    type: 'favorite',
    first_name: 'Bob',
    last_name: 'Builder',
    email: 'bob@partner.example',
    company_name: 'Partner Ltd',
  });
  assert.deepEqual(await hits(wire, 'otto h'), [
    {
      id: 124,
      type: 'user',
      first_name: 'Otto',
      last_name: 'Hahn',
      email: 'otto@acme.example',
      company_name: '',
    },
  ]);
  assert.deepEqual(await hits(wire, 'b', 'participants'), await hits(wire, 'b'));
  assert.deepEqual(await hits(enterprise, 'partner'), []);
  control.changeSettings({ include_users_in_autocomplete: false });
  assert.deepEqual(await hits(wire, 'otto'), []);
  control.changeSettings({ include_favorites_in_autocomplete: false });
  assert.deepEqual(await hits(wire, 'bob'), []);
  assert.equal((await wire.get('/api/v2/recipients/autocomplete')).status, 400);
  control.changeDialect({ recipientsPath: false });
  refused(await wire.get('/api/v2/recipients/autocomplete?term=b'), 404, NOT_FOUND);
  ok(await wire.get('/api/v2/participants/autocomplete?term=b'));
});
