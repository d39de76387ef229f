import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, execute, parse } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { selectedPaths } from '../../../resolvers/shared/selected-paths.js';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    box(id: ID): Box
  }
  type Box {
    id: ID
    name: String
    parts: [Part]
  }
  type Part {
    id: ID
    box: Box
  }
`);

async function pathsOf(document: string, variableValues: Record<string, unknown> = {}): Promise<string[][]> {
  const asked: string[][] = [];
  const box = (_args: unknown, _context: unknown, info: GraphQLResolveInfo): null => {
    asked.push([...selectedPaths(info)].sort());
    return null;
  };
  const { errors } = await execute({ schema, document: parse(document), rootValue: { box }, variableValues });
  assert.equal(errors, undefined);
  return asked;
}

test('fields are named by what they are, with the fields around them, whatever they are called in the answer', async () => {
  assert.deepEqual(await pathsOf('{ box { it: id parts { all: box { name } } } }'), [
    ['id', 'parts', 'parts.box', 'parts.box.name'],
  ]);
});

test('fragments of both kinds count as if they were written out', async () => {
  const document =
    '{ box { ... on Box { name } ... { id } ...Rest } } fragment Rest on Box { parts { ...Inner } } fragment Inner on Part { id }';
  assert.deepEqual(await pathsOf(document), [['id', 'name', 'parts', 'parts.id']]);
});

test('what is skipped, or not included, is not asked for, also by variables and on fragments', async () => {
  const document = /* GraphQL */ `
    query ($yes: Boolean!, $no: Boolean!) {
      box {
        id @skip(if: $yes)
        name @include(if: $no)
        ... on Box @include(if: $no) {
          parts {
            id
          }
        }
        ...Rest @skip(if: $no)
      }
    }
    fragment Rest on Box {
      kept: parts @include(if: $yes) {
        box @skip(if: $no) {
          id
        }
      }
    }
  `;
  assert.deepEqual(await pathsOf(document, { yes: true, no: false }), [
    ['parts', 'parts.box', 'parts.box.id'],
  ]);
});

test('a field that is written twice is asked for both, and each alias alone', async () => {
  assert.deepEqual(await pathsOf('{ box { id } box { name } other: box(id: 1) { parts { id } } }'), [
    ['id', 'name'],
    ['parts', 'parts.id'],
  ]);
});
