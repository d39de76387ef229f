import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import type { Answer } from '../../src/gateway/answer.js';
import { Sharer } from '../../src/gateway/share.js';
import { CountedSource } from '../support/gateway/source.js';

function reading(answer: Answer): AsyncIterator<ExecutionResult> {
  assert.ok(isAsyncIterable(answer));
  return answer[Symbol.asyncIterator]();
}

const result = (n: number): ExecutionResult => ({ data: { n } });
const failed = (n: number): ExecutionResult => ({ data: null, errors: [new GraphQLError(`error ${n}`)] });

async function drain(reader: AsyncIterator<ExecutionResult>): Promise<ExecutionResult[]> {
  const seen: ExecutionResult[] = [];
  for (let step = await reader.next(); !step.done; step = await reader.next()) seen.push(step.value);
  return seen;
}

/** Lets everything that is ready happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a reader that does not read keeps the newest events, every error, and the end', async () => {
  const source = new CountedSource<ExecutionResult>();
  const sharer = new Sharer(4);
  const reader = reading(await sharer.join('k', async () => source.subscribe()));
  for (let n = 1; n <= 10; n += 1) {
    source.publish(n === 3 ? failed(3) : result(n));
    await settled();
  }
  source.finish();
  assert.deepEqual(
    (await drain(reader)).map(({ data, errors }) => errors?.[0]?.message ?? data.n),
    ['error 3', 8, 9, 10],
  );
});

test('even a reader of nothing but errors keeps no more of them than its queue holds', async () => {
  const source = new CountedSource<ExecutionResult>();
  const reader = reading(await new Sharer(4).join('k', async () => source.subscribe()));
  for (let n = 1; n <= 10; n += 1) source.publish(failed(n));
  await settled();
  source.finish();
  assert.deepEqual(
    (await drain(reader)).map(({ errors }) => errors?.[0]?.message),
    ['error 7', 'error 8', 'error 9', 'error 10'],
  );
});

test('when the last reader leaves, the execution ends although it waits for an event', async () => {
  const source = new CountedSource<ExecutionResult>();
  const sharer = new Sharer();
  const start = async (): Promise<Answer> => source.subscribe();
  const [one, two] = [reading(await sharer.join('k', start)), reading(await sharer.join('k', start))];
  const pending = one.next();
  await one.return?.();
  assert.deepEqual(await pending, { done: true, value: undefined });
  assert.equal(source.live, 1);
  await two.return?.();
  assert.equal(source.live, 0);
  assert.equal(sharer.size, 0);
});

test('a failure of the execution reaches every reader after the events before it', async () => {
  async function* failing(): AsyncGenerator<ExecutionResult> {
    yield result(1);
    throw new Error('broken');
  }
  const sharer = new Sharer();
  const answers = await Promise.all([
    sharer.join('k', async () => failing()),
    sharer.join('k', async () => failing()),
  ]);
  for (const reader of answers.map(reading)) {
    assert.deepEqual(await reader.next(), { done: false, value: result(1) });
    await assert.rejects(reader.next(), /broken/);
    assert.equal((await reader.next()).done, true);
  }
  assert.equal(sharer.size, 0);
});

test('an execution that cannot start fails for everyone who waits, and the next one starts anew', async () => {
  const sharer = new Sharer();
  const fail = async (): Promise<Answer> => {
    throw new Error('no start');
  };
  const both = await Promise.allSettled([sharer.join('k', fail), sharer.join('k', fail)]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  const refused: Answer = { errors: [new GraphQLError('no')] };
  assert.equal(await sharer.join('k', async () => refused), refused);
  assert.equal(sharer.size, 0);
});

test('who joins an execution that has just ended still reads its latest event', async () => {
  async function* short(): AsyncGenerator<ExecutionResult> {
    yield result(1);
  }
  const sharer = new Sharer();
  const answers = await Promise.all(Array.from({ length: 5 }, () => sharer.join('k', async () => short())));
  for (const answer of answers) assert.deepEqual(await drain(reading(answer)), [result(1)]);
});
