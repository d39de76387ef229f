import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  buildSchema,
  getNamedType,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { packagePath } from '../../src/package-path.js';

const schema = buildSchema(readFileSync(packagePath('schema/api.graphql'), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

/** Of a type with its inputs, the domain: `SafeBox`, `Vip`. */
const domainOf = (type: string): string =>
  /^[A-Z][a-z]+(Box|Factor)?/.exec(
    type.replace(/^(Add|Commit|Create|Delete|Deny|Push|Remove|Send|Set|Submit|Update|Upload)/, ''),
  )?.[0] ?? type;

test('what goes in as an enum comes out as that enum, and as no other text of the same name', () => {
  const given = new Map<string, string>();
  for (const type of types.filter(isInputObjectType))
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      if (isEnumType(named)) given.set(`${domainOf(named.name)}.${field.name}`, named.name);
    }
  const texts = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type) === GraphQLString)
      .filter((field) => given.has(`${domainOf(type.name)}.${field.name}`))
      .map((field) => `${type.name}.${field.name}`),
  );
  assert.deepEqual(texts, OTHERS);
});

/** Of the same name by chance: they are words of something else. */
const OTHERS = ['GuardPgpSignature.reason', 'GuardSmimeSignature.reason', 'VipToken.type'];

test('an enum that a provider may answer otherwise has the word of the provider beside it', () => {
  const lacking = types.filter(isObjectType).flatMap((type) => {
    const fields = type.getFields();
    return Object.values(fields)
      .filter((field) => {
        const named = getNamedType(field.type);
        return (
          isEnumType(named) &&
          named.getValue('UNKNOWN') &&
          /provider's|beside it/.test(named.getValue('UNKNOWN')?.description ?? '')
        );
      })
      .filter(
        ({ name }) =>
          !Object.keys(fields).some((other) => other.toLowerCase() === `provider${name}`.toLowerCase()),
      )
      .map(({ name }) => `${type.name}.${name}`);
  });
  assert.deepEqual(
    lacking.filter((name) => name.startsWith('SafeBox')),
    [],
  );
});
