import { createMessaging2faClient } from '../../../src/providers/messaging2fa/client.js';
import type { Messaging2faClient } from '../../../src/providers/messaging2fa/client.js';
import { OPERATIONS as MESSAGING2FA } from '../../../src/providers/messaging2fa/operations.js';
import { memoryLogger } from '../../support/memory-logger.js';
import { createHttpClient } from '../../../src/providers/kit/http-client.js';
import { policy, kindOfRow } from './tried.js';
import type { HostileProvider } from './tried.js';

const MESSAGE = {
  recipients: ['a@x.test'],
  subject: null,
  body: null,
  availabilitySeconds: 60,
  type: 'message',
} as const;
export const messaging2faCalls: HostileProvider<Messaging2faClient> = {
  name: 'messaging2fa',
  operations: Object.keys(MESSAGING2FA),
  kindOf: (name) => kindOfRow(MESSAGING2FA[name as keyof typeof MESSAGING2FA]),
  open: async (url, clock) => {
    const http = createHttpClient({
      ...policy,
      provider: 'messaging2fa',
      origins: [url],
      clock,
      logger: memoryLogger(),
    });
    return createMessaging2faClient({ http, clock });
  },
  tried: {
    send: { call: (client) => client.send(MESSAGE) },
    track: { call: (client) => client.track('@m-1') },
    cancel: { call: (client) => client.cancel('@m-1') },
  },
};
