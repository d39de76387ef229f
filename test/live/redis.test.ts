import { after, before } from 'node:test';
import { RedisServer } from '../support/redis-server.js';
import { testConformance } from './conformance.js';
import { redisAdapter } from './redis-adapter.js';

// A cluster, so that whatever touches keys of several slots at once is refused.
let server: RedisServer;
before(async () => void (server = await RedisServer.start({ cluster: true })));
after(() => server.stop());

testConformance(redisAdapter(() => server));
