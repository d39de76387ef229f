import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNonNullType, isObjectType } from 'graphql';
import { subgraphs } from '../../subgraphs/index.js';
import { openSafebox } from '../resolvers/safebox/open.js';
import { openXq } from '../resolvers/xqkeys/open.js';

for (const { name, build } of subgraphs) {
  test(`${name}: every field behind a scope can be null, so that what stands beside it stays`, () => {
    const { schema } = build();
    const whole = [schema.getSubscriptionType()];
    const fields = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !whole.includes(type))
      .flatMap((type) =>
        (isObjectType(type) ? Object.values(type.getFields()) : []).map((field) => ({ type, field })),
      )
      .filter(({ field }) =>
        field.astNode?.directives?.some((directive) => directive.name.value === 'requiresScopes'),
      );
    assert.ok(fields.length > 0);
    assert.deepEqual(
      fields
        .filter(({ field }) => isNonNullType(field.type))
        .map(({ type, field }) => `${type.name}.${field.name}`),
      [],
    );
  });
}

for (const { name, build } of subgraphs)
  test(`${name}: every command can be null, so that one that fails leaves what others have answered`, () => {
    const commands = Object.values(build().schema.getMutationType()?.getFields() ?? {});
    assert.ok(commands.length > 0);
    assert.deepEqual(
      commands.filter(({ type }) => isNonNullType(type)).map((field) => field.name),
      [],
    );
  });

test('a session asked for its token without that scope is told, with null for the token', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const asked = await xq.run('{ xqSession { user token } }', {}, { scopes: ['xqkeys:read'] });
  assert.deepEqual(asked.data, { xqSession: { user: 'ana@example.com', token: null } });
  assert.deepEqual(
    asked.errors?.map(({ extensions, path }) => [extensions['code'], path]),
    [['FORBIDDEN', ['xqSession', 'token']]],
  );

  const safebox = await openSafebox(t);
  await safebox.signIn();
  const other = await safebox.run(
    '{ safeBoxAccess { session { username token } } }',
    {},
    { scopes: ['safebox:read'] },
  );
  assert.deepEqual(other.data, { safeBoxAccess: { session: { username: 'ada', token: null } } });
});

test('a question behind a scope that is missing leaves the answers of others', async (t) => {
  const { run, signIn } = await openSafebox(t);
  await signIn();
  const { data } = await run(
    '{ safeBoxAccess { hasEnterpriseToken } viewer { subject } }',
    {},
    { scopes: [] },
  );
  assert.deepEqual(data, { safeBoxAccess: null, viewer: { subject: 'anna' } });
});
