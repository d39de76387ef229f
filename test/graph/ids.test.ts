import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  buildSchema,
  getNamedType,
  GraphQLID,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { GraphQLNamedType } from 'graphql';
import { packagePath } from '../../src/package-path.js';

const schema = buildSchema(readFileSync(packagePath('schema/api.graphql'), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

/** Ids of what is no object of the graph, or is about to become one. */
const NO_OBJECT = new Map([
  ['businessId', 'teams of XQ are not in the graph'],
  ['contactId', 'nor are contacts of OX'],
  ['folderId', 'nor their folders'],
  ['eventId', 'nor sign-ins that were evaluated'],
  ['onBehalfOfAccountId', 'nor accounts of VIP'],
  ['serviceId', 'a credential that is to be made'],
  ['newUserId', 'a user who is to have it'],
  ['serial', 'a certificate: it has no id'],
  ['SafeBox.userId', 'users of SendSecure are not in the graph'],
]);

/** Of objects that are found within something else, by ids that are told apart in resolvers. */
const BY_HAND = ['contactMethodIds', 'SafeBoxContactMethodChangeInput.id'];

test('every type with an id says the own id at the provider, too, under a name of its own', () => {
  const bare = types
    .filter(isObjectType)
    .map((type) => ({ name: type.name, fields: Object.values(type.getFields()) }))
    .filter(({ fields }) => fields.some(({ name }) => name === 'id'))
    .filter(
      ({ fields }) => !fields.some(({ name, type }) => name !== 'id' && isNonNullType(type) && isName(name)),
    )
    .map(({ name }) => name);
  assert.deepEqual(bare, []);
});

test('an id is never null, and no type has one that is not told from those of others', () => {
  const ids = types.filter(isObjectType).flatMap((type) => {
    const field = type.getFields()['id'];
    return field ? [[type.name, String(field.type), /graph/.test(field.description ?? '')]] : [];
  });
  assert.deepEqual(
    ids.filter(([, type, isTold]) => type !== 'ID!' || !isTold),
    [],
  );
});

test('every argument that names an object takes its id as well as its own id at the provider', () => {
  const takes = new Map<string, boolean>();
  for (const type of types)
    for (const [path, description] of idsTaken(type)) takes.set(path, /`id`/.test(description));
  const silent = [...takes].flatMap(([path, both]) => (both || isKnown(path) ? [] : [path]));
  assert.deepEqual(silent, []);
});

test('whatever a field of Query finds by its id is a Node, as Relay wants of what it fetches again', () => {
  const node = schema.getType('Node');
  assert.ok(isInterfaceType(node));
  assert.equal(String(node.getFields()['id']?.type), 'ID!');
  const field = schema.getQueryType()?.getFields()['node'];
  assert.deepEqual(
    [String(field?.type), field?.args.map(({ name, type }) => `${name}: ${String(type)}`)],
    ['Node', ['id: ID!']],
  );
  assert.deepEqual(
    schema
      .getPossibleTypes(node)
      .map(({ name }) => name)
      .sort(),
    ['GuardKeyRing', 'Person', 'SafeBox', 'TwoFactorMessage', 'VipPush', 'VipUser', 'XqKey'],
  );
});

test('an `id` is said to be for `node` where it is, and nowhere else', () => {
  const node = schema.getType('Node');
  assert.ok(isInterfaceType(node));
  const nodes = new Set(schema.getPossibleTypes(node));
  const wrong = types.filter(isObjectType).filter((type) => {
    const { id } = type.getFields();
    return /\bnode\b/.test(id?.description ?? '') !== nodes.has(type);
  });
  assert.deepEqual(wrong.map(String), []);
});

test('every list that pages is a connection: edges, pageInfo, first and after', () => {
  const fields = types.filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
  const numbered = fields.filter(({ args }) =>
    args.some(({ name }) => /^(page|limit|offset|skip)$/.test(name)),
  );
  assert.deepEqual(
    numbered.map(({ name }) => name),
    [],
  );
  for (const { name, type, args } of fields) {
    const paged = getNamedType(type);
    if (!args.some((argument) => argument.name === 'first') && !paged.name.endsWith('Connection')) continue;
    assert.ok(isObjectType(paged) && paged.name.endsWith('Connection'), name);
    const { edges, pageInfo } = paged.getFields();
    const edge = edges && getNamedType(edges.type);
    assert.ok(isObjectType(edge), name);
    assert.deepEqual(
      [
        String(pageInfo?.type),
        String(edges?.type),
        String(edge.getFields()['cursor']?.type),
        args.some((argument) => argument.name === 'after'),
      ],
      ['PageInfo!', `[${edge.name}!]!`, 'String!', true],
      name,
    );
  }
});

function isName(field: string): boolean {
  return /Id$|^(email|guid|locator)$/.test(field);
}

function idsTaken(type: GraphQLNamedType): (readonly [path: string, description: string])[] {
  if (isInputObjectType(type))
    return Object.values(type.getFields())
      .filter((field) => getNamedType(field.type) === GraphQLID)
      .map((field) => [`${type.name}.${field.name}`, field.description ?? '']);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args
      .filter((argument) => getNamedType(argument.type) === GraphQLID)
      .map((argument) => [`${field.name}.${argument.name}`, argument.description ?? ''] as const),
  );
}

function isKnown(path: string): boolean {
  const [where = '', name = ''] = path.split('.');
  const domain = /SafeBox|safeBox/.test(where) ? 'SafeBox' : where;
  return (
    NO_OBJECT.has(name) ||
    NO_OBJECT.has(`${domain}.${name}`) ||
    BY_HAND.includes(name) ||
    BY_HAND.includes(path)
  );
}
