import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ensureRedis, type RedisSurroundings } from '../../scripts/ensure-redis.js';

function machine(programs: string[], more: Partial<RedisSurroundings> = {}) {
  const commands: string[] = [];
  const surroundings: RedisSurroundings = {
    redisUrl: undefined,
    platform: 'linux',
    isRoot: true,
    has: (program) => programs.includes(program),
    runs: (...words) => {
      commands.push(words.join(' '));
      if (words.includes('install')) programs.push('redis-server');
      return true;
    },
    ...more,
  };
  return { surroundings, commands };
}

describe('a Redis for the tests', () => {
  it('is taken from REDIS_URL or from PATH without installing anything', () => {
    for (const { surroundings, commands } of [
      machine(['apt-get'], { redisUrl: 'redis://localhost' }),
      machine(['apt-get', 'redis-server']),
    ]) {
      assert.equal(ensureRedis(surroundings), undefined);
      assert.deepEqual(commands, []);
    }
  });

  it('is installed where that is allowed', () => {
    const { surroundings, commands } = machine(['apt-get']);
    assert.equal(ensureRedis(surroundings), undefined);
    assert.deepEqual(commands, ['apt-get update', 'apt-get install -y redis-server']);
  });

  it('is asked for where it cannot be installed', () => {
    const asked = [
      [machine(['apt-get'], { isRoot: false }), /sudo apt-get install redis-server/],
      [machine([], { platform: 'darwin' }), /brew install redis/],
      [machine([]), /install Redis 6\.2 or newer/],
      [machine(['apt-get'], { runs: () => false }), /apt-get install redis-server` failed/],
      [machine(['apt-get'], { runs: () => true }), /apt-get install redis-server` failed/],
    ] as const;
    for (const [{ surroundings, commands }, sentence] of asked) {
      assert.match(ensureRedis(surroundings) ?? '', sentence);
      assert.deepEqual(commands, []);
    }
  });
});
