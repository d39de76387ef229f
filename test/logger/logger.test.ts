import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { createLogger, type LoggerOptions } from '../../src/logger.js';

const entry = z.looseObject({ level: z.string(), time: z.string(), msg: z.string() });

function collect(level: LoggerOptions['level'] = 'debug') {
  const lines: string[] = [];
  const logger = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  return { logger, lines, last: () => entry.parse(JSON.parse(lines.at(-1) ?? '')) };
}

describe('the log', () => {
  it('is one JSON object per line, with level, time and sentence', () => {
    const { logger, lines, last } = collect();
    logger.info({ provider: 'carrier', attempt: 2, status: 200 }, 'provider call');
    assert.match(lines[0] ?? '', /^\{.*\}\n$/);
    const { time, ...rest } = last();
    assert.deepEqual(rest, {
      level: 'info',
      provider: 'carrier',
      attempt: 2,
      status: 200,
      msg: 'provider call',
    });
    assert.ok(!Number.isNaN(Date.parse(time)));
  });

  it('holds what its level lets through and nothing below', () => {
    const { logger, lines } = collect('warn');
    logger.debug({}, 'a');
    logger.info({}, 'b');
    logger.warn({}, 'c');
    logger.error({}, 'd');
    assert.equal(lines.length, 2);
  });

  it('redacts every fact that is not on its list, and whatever is more than a plain value', () => {
    const { logger, lines, last } = collect();
    const given: object = {
      password: 'canary-1',
      headers: { authorization: 'canary-2' },
      status: { body: 'canary-3' },
      reason: ['canary-4'],
      provider: 'carrier',
    };
    logger.info(given, 'call');
    assert.ok(!lines.join('').includes('canary'), lines[0]);
    assert.equal(last()['password'], '[redacted]');
    assert.equal(last()['provider'], 'carrier');
  });

  it('tells of an error its sort, code, sentence, place and causes, and none of its other properties', () => {
    const { logger, lines, last } = collect();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', config: { data: 'canary' } });
    logger.error({ err: new Error('call failed', { cause }) }, 'failed');
    const described = z
      .object({
        type: z.literal('Error'),
        message: z.literal('call failed'),
        stack: z.array(z.string()).min(1),
        cause: z.strictObject({
          type: z.literal('Error'),
          message: z.literal('refused'),
          code: z.literal('ECONNREFUSED'),
          stack: z.array(z.string()),
        }),
      })
      .safeParse(last()['err']);
    assert.ok(described.success, lines[0]);
    assert.ok(!lines.join('').includes('canary'));
  });

  it('keeps out what errors of parsing and coercion quote', () => {
    const { logger, lines } = collect();
    for (const quote of [parseError('canary { not JSON'), new GraphQLError('Variable "$p" got "canary".')]) {
      logger.error({ err: quote }, 'failed');
    }
    logger.error(
      { err: new GraphQLError('canary', { originalError: new Error('the database is gone') }) },
      'failed',
    );
    assert.ok(!lines.join('').includes('canary'), lines.join(''));
    assert.ok(lines.join('').includes('the database is gone'));
  });

  it('ends with a chain of causes that never ends', () => {
    const { logger, lines } = collect();
    const circular = new Error('round');
    circular.cause = circular;
    logger.error({ err: circular }, 'failed');
    assert.equal(lines.length, 1);
  });
});

function parseError(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
