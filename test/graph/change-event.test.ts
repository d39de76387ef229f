import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { packagePath } from '../../src/package-path.js';

const schema = buildSchema(readFileSync(packagePath('schema/api.graphql'), 'utf8'));
const subscriptions = Object.values(schema.getSubscriptionType()?.getFields() ?? {});

test('what every subscription answers is a ChangeEvent, so that one fragment reads them all', () => {
  const events = schema.getType('ChangeEvent');
  assert.ok(isInterfaceType(events));
  assert.deepEqual(
    new Set(subscriptions.map(({ type }) => getNamedType(type).name)),
    new Set(schema.getPossibleTypes(events).map(({ name }) => name)),
  );
});

test('every field behind a scope says which, and no other field speaks of one', () => {
  const sdl = ['guardcrypto', 'messaging2fa', 'safebox', 'vipidentity', 'xqkeys'].map((name) =>
    readFileSync(packagePath(`schema/${name}.graphql`), 'utf8'),
  );
  const guarded = sdl.join('').match(/@requiresScopes\(scopes: \[\[/g) ?? [];
  const said = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ description }) => /Needs the scope `[a-z0-9:]+`/.test(description ?? ''));
  assert.equal(said.length, guarded.length);
});
