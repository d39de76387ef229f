import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute, parse } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, buildSchema, Info, Mutation, Query, Resolver } from 'type-graphql';
import { requireSingleVerification, VerifiesSecret } from '../../../resolvers/shared/verifies-secret.js';

const tried: string[] = [];

@Resolver()
class LockResolver {
  @Query(() => Boolean)
  ready(): boolean {
    return true;
  }

  @VerifiesSecret()
  @Mutation(() => Boolean, { nullable: true })
  open(@Arg('code', () => String) code: string, @Info() info: GraphQLResolveInfo): boolean {
    requireSingleVerification(info);
    tried.push(code);
    return false;
  }

  @Mutation(() => Boolean, { nullable: true })
  note(): boolean {
    return true;
  }
}

const schema = await buildSchema({ resolvers: [LockResolver], skipCheck: true, validate: false });

async function run(document: string) {
  tried.length = 0;
  const { data, errors = [] } = await execute({ schema, document: parse(document) });
  return { data: { ...data }, codes: errors.map(({ extensions }) => extensions['code']) };
}

test('one field that checks a secret runs, beside any others, also when it is written twice', async () => {
  assert.deepEqual(await run('mutation { a: note open(code: "1") open(code: "1") b: note }'), {
    data: { a: true, open: false, b: true },
    codes: [],
  });
  assert.deepEqual(tried, ['1']);
});

test('of two none runs, wherever they stand', async () => {
  for (const document of [
    'mutation { a: open(code: "1") b: open(code: "2") }',
    'mutation { ...A note ... on Mutation { b: open(code: "2") } } fragment A on Mutation { a: open(code: "1") }',
  ]) {
    const { data, codes } = await run(document);
    assert.deepEqual([data['a'], data['b']], [null, null]);
    assert.deepEqual(codes, ['LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']);
    assert.deepEqual(tried, []);
  }
});
