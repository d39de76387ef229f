import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../src/store/embedded/database.js';
import { EMBEDDED, redisUser, redisWith, written, type Row } from './row.js';

/** What can be wrong with Redis, with callers, with this machine and with other services. */
export const surroundingRows: readonly Row[] = [
  // Redis.
  {
    name: 'Redis where nobody listens',
    change: ({ nowhere }) => ({ REDIS_URL: nowhere.replace('http:', 'redis:') }),
    expected: [['failure', 'REDIS_URL', /could not be used .*\(ECONNREFUSED\)/]],
  },
  {
    name: 'Redis that is another service',
    change: ({ stranger }) => ({ REDIS_URL: stranger.replace('http:', 'redis:') }),
    expected: [['failure', 'REDIS_URL', /could not be used/]],
  },
  {
    name: 'a wrong password of Redis',
    change: async (_world, t) => {
      const server = await redisWith(t, ['--requirepass', 'right']);
      return { REDIS_URL: server.url.replace('//', '//:wrong@') };
    },
    expected: [['failure', 'REDIS_URL', /\(WRONGPASS\)/]],
  },
  {
    name: 'Redis that evicts',
    change: async (_world, t) => ({
      REDIS_URL: (await redisWith(t, ['--maxmemory-policy', 'allkeys-lru'])).url,
    }),
    expected: [['warning', 'maxmemory-policy', /Redis may evict watches and records/]],
  },
  {
    name: 'Redis that keeps nothing on disk',
    change: async (_world, t) => ({ REDIS_URL: (await redisWith(t, ['--appendonly', 'no'])).url }),
    expected: [['warning', 'appendonly', /its restart loses/]],
  },
  ...['abc', '-1', '1.5', '0x1', '1/2', '1?db=2', '1#2'].map((database): Row => ({
    name: `a database of Redis that is none (/${database})`,
    change: ({ redis }) => ({ REDIS_URL: `${redis.url}/${database}` }),
    expected: [['failure', 'REDIS_URL', /must (name a database by its number|end with the database)/]],
  })),
  {
    name: 'a database of Redis that a cluster has not',
    change: ({ redis }) => ({ REDIS_URL: `${redis.url}/1`, REDIS_MODE: 'cluster' }),
    expected: [['failure', 'REDIS_URL', /a cluster has only the one/]],
  },
  {
    name: 'Sentinels that name different databases',
    change: ({ redis }) => ({ REDIS_URL: `${redis.url}/1,${redis.url}/2`, REDIS_MODE: 'sentinel' }),
    expected: [['failure', 'REDIS_URL', /must not name different databases/]],
  },
  {
    name: 'a user of Redis without INFO',
    change: (_world, t) => redisUser(t, '+@all -info'),
    expected: [['failure', 'REDIS_URL', /may not use INFO; give it \+info/]],
  },
  {
    name: 'a user of Redis who may not write',
    change: (_world, t) => redisUser(t, '+@all -set'),
    expected: [['failure', 'REDIS_URL', /may not do what is needed; give it \+@read \+@write/]],
  },
  {
    name: 'a certificate of Redis without its key',
    change: () => ({ REDIS_CERT_FILE: '/redis.pem' }),
    expected: [['failure', 'REDIS_CERT_FILE', /needs a REDIS_URL that begins with rediss/]],
  },
  {
    name: 'an authority of Redis that is none',
    change: (world) => ({
      REDIS_URL: 'rediss://127.0.0.1:1',
      REDIS_CA_FILE: written(world, 'redis-ca.pem', 'hello'),
    }),
    expected: [['failure', 'REDIS_CA_FILE', /without a readable PEM certificate/]],
  },

  // Callers and secrets.
  {
    name: 'keys of the vault that are missing',
    change: () => ({ VAULT_KEYS: undefined }),
    expected: [['failure', 'VAULT_KEYS', /is not set, nor is VAULT_KEYS_FILE/]],
  },
  {
    name: 'keys of the vault that are malformed',
    change: () => ({ VAULT_KEYS: 'k1:c2hvcnQ=' }),
    expected: [['failure', 'VAULT_KEYS', /must hold id:base64 entries/]],
  },
  {
    name: 'a file of vault keys that is missing',
    change: () => ({ VAULT_KEYS: undefined, VAULT_KEYS_FILE: '/nonexistent' }),
    expected: [['failure', 'VAULT_KEYS_FILE', /cannot be read/]],
  },
  {
    name: 'nothing to tell callers apart by',
    change: () => ({ JWT_JWKS_URL: undefined }),
    expected: [['failure', 'JWT_JWKS_URL', /callers need tokens because not every provider is simulated/]],
  },
  {
    name: 'a token issuer that cannot be reached',
    change: ({ nowhere }) => ({ JWT_JWKS_URL: `${nowhere}/keys` }),
    expected: [['failure', 'JWT_JWKS_URL', /an address that cannot be reached/]],
  },
  {
    name: 'a token issuer that has no keys there',
    change: ({ stranger }) => ({ JWT_JWKS_URL: stranger }),
    expected: [['failure', 'JWT_JWKS_URL', /leads to an answer of 404/]],
  },
  {
    name: 'a page in place of a key set',
    change: ({ environment }) => ({ JWT_JWKS_URL: environment['JWT_JWKS_URL']?.replace('keys', 'page') }),
    expected: [['failure', 'JWT_JWKS_URL', /does not lead to a key set/]],
  },
  {
    name: 'a Redis of a newer version',
    change: async (_world, test) => {
      const server = await redisWith(test, []);
      await server.with((redis) => redis.set('sealgraph:version', 999));
      return { REDIS_URL: server.url };
    },
    expected: [['failure', 'REDIS_URL', /store version 999 .* newer version/]],
  },
  {
    name: 'a key set without keys',
    change: ({ environment }) => ({ JWT_JWKS_URL: environment['JWT_JWKS_URL']?.replace('keys', 'none') }),
    expected: [['failure', 'JWT_JWKS_URL', /without a key/]],
  },
  {
    name: 'a public key that is none',
    change: (world) => ({
      JWT_JWKS_URL: undefined,
      JWT_PUBLIC_KEY_FILE: written(world, 'public.pem', 'hello'),
    }),
    expected: [['failure', 'JWT_PUBLIC_KEY_FILE', /without a readable PEM public key/]],
  },

  // This machine.
  {
    name: 'a data folder below a file',
    change: (world) => ({ ...EMBEDDED, SEALGRAPH_DATA_DIR: join(written(world, 'file', ''), 'data') }),
    expected: [['failure', 'SEALGRAPH_DATA_DIR', /leads through a file/]],
  },
  {
    name: 'a data folder with a file that is none of ours',
    change: ({ folder }) => {
      const data = join(folder, 'foreign');
      mkdirSync(data, { recursive: true });
      writeFileSync(join(data, 'sealgraph.db'), 'This is a letter.');
      return { ...EMBEDDED, SEALGRAPH_DATA_DIR: data };
    },
    expected: [['failure', 'SEALGRAPH_DATA_DIR', /none of ours or is damaged/]],
  },
  {
    name: 'a data folder of a newer version',
    change: ({ folder }) => {
      const data = join(folder, 'newer');
      mkdirSync(data, { recursive: true });
      const database = openDatabase(join(data, 'sealgraph.db'));
      database.run('PRAGMA user_version = 999');
      database.close();
      return { ...EMBEDDED, SEALGRAPH_DATA_DIR: data };
    },
    expected: [['failure', 'SEALGRAPH_DATA_DIR', /newer version/]],
  },
  {
    name: 'a port that is taken',
    change: ({ stranger }) => ({ PORT: new URL(stranger).port }),
    expected: [['failure', 'PORT', /^PORT is \d+, which another process listens on\.$/]],
  },
  {
    name: 'an address of another machine',
    change: () => ({ HOST: '192.0.2.1' }),
    expected: [['failure', 'HOST', /is no address of this machine/]],
  },
  {
    name: 'an audit log that cannot be written',
    change: ({ folder }) => ({ AUDIT_FILE: join(folder, 'missing', 'audit.log') }),
    expected: [['failure', 'AUDIT_FILE', /cannot be appended to/]],
  },

  // Subgraphs as services.
  {
    name: 'a subgraph service without a secret',
    change: ({ stranger }) => ({ XQKEYS_SUBGRAPH_URL: stranger }),
    expected: [['failure', 'GATEWAY_SECRET', /is not set, but XQKEYS_SUBGRAPH_URL is/]],
  },
  {
    name: 'a subgraph service that is not there, and one that is none',
    change: ({ stranger, nowhere }) => ({
      GATEWAY_SECRET: 's'.repeat(32),
      XQKEYS_SUBGRAPH_URL: nowhere,
      SAFEBOX_SUBGRAPH_URL: stranger,
    }),
    expected: [
      ['failure', 'XQKEYS_SUBGRAPH_URL', /cannot be reached/],
      ['failure', 'SAFEBOX_SUBGRAPH_URL', /is no subgraph service/],
    ],
  },
];
