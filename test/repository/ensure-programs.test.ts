import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ensurePrograms, type Surroundings } from '../../scripts/ensure-programs.js';

const PROGRAMS: Readonly<Record<string, string>> = {
  'redis-server': 'redis-server',
  gnupg: 'gpg',
  openssl: 'openssl',
  sq: 'sq',
  prometheus: 'promtool',
  haproxy: 'haproxy',
  systemd: 'systemd-analyze',
  chromium: 'chromium',
};

const OTHERS = ['gpg', 'openssl', 'sq', 'promtool', 'haproxy', 'systemd-analyze', 'chromium'];

function machine(programs: string[], more: Partial<Surroundings> = {}) {
  const commands: string[] = [];
  const surroundings: Surroundings = {
    redisUrl: undefined,
    platform: 'linux',
    isRoot: true,
    has: (program) => programs.includes(program),
    runs: (...words) => {
      commands.push(words.join(' '));
      if (words.includes('install')) programs.push(PROGRAMS[words.at(-1) ?? ''] ?? '');
      return true;
    },
    ...more,
  };
  return { surroundings, commands };
}

describe('the programs tests need', () => {
  it('are taken from PATH, Redis from REDIS_URL too, without installing anything', () => {
    for (const { surroundings, commands } of [
      machine(['apt-get', ...OTHERS], { redisUrl: 'redis://localhost' }),
      machine(['apt-get', ...OTHERS, 'redis-server']),
    ]) {
      assert.equal(ensurePrograms(surroundings), undefined);
      assert.deepEqual(commands, []);
    }
  });

  it('are installed where that is allowed', () => {
    const { surroundings, commands } = machine(['apt-get', 'openssl']);
    assert.equal(ensurePrograms(surroundings), undefined);
    assert.deepEqual(commands, [
      'apt-get update',
      'apt-get install -y redis-server',
      'apt-get update',
      'apt-get install -y gnupg',
      'apt-get update',
      'apt-get install -y sq',
      'apt-get update',
      'apt-get install -y prometheus',
      'apt-get update',
      'apt-get install -y haproxy',
      'apt-get update',
      'apt-get install -y systemd',
      'apt-get update',
      'apt-get install -y chromium',
    ]);
  });

  it('are asked for where they cannot be installed', () => {
    const others = [...OTHERS];
    const asked = [
      [machine(['apt-get', ...others], { isRoot: false }), /sudo apt-get install redis-server/],
      [machine(others, { platform: 'darwin' }), /brew install redis`, or set REDIS_URL/],
      [machine(others), /install Redis 6\.2 or newer/],
      [machine(['apt-get', ...others], { runs: () => false }), /apt-get install redis-server` failed/],
      [machine(['apt-get', ...others], { runs: () => true }), /apt-get install redis-server` failed/],
      [machine(['redis-server', 'openssl']), /need gpg: install GnuPG 2\.2 or newer\.$/],
      [
        machine(['redis-server', 'gpg'], { platform: 'darwin' }),
        /need openssl: .*brew install openssl@3`\.$/,
      ],
    ] as const;
    for (const [{ surroundings, commands }, sentence] of asked) {
      assert.match(ensurePrograms(surroundings) ?? '', sentence);
      assert.deepEqual(commands, []);
    }
  });
});
