import { generateKeyPairSync } from 'node:crypto';
import type { XqkeysClient } from '../../../src/providers/xqkeys/client.js';
import { OPERATIONS as XQKEYS } from '../../../src/providers/xqkeys/operations.js';
import { xqkeys } from '../../../src/providers/xqkeys/provider.js';
import { kindOfRow, connected, done } from './tried.js';
import type { Tried, HostileProvider } from './tried.js';

const SESSION = { id: 's', token: 'a.b.c', dashboardToken: 'd.e.f', expiresAt: Infinity };
const POLICY = {
  recipients: ['b@x.test'],
  lifetime: { amount: 1, unit: 'HOURS' },
  type: 'MESSAGE',
  subject: null,
  deleteOnReceipt: false,
} as const;
const LOCATOR = 'l'.repeat(43);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const xq = (call: (client: XqkeysClient) => Promise<unknown>): Tried<XqkeysClient> => ({ call });
/** A key may be any text: whatever is neither nothing nor a page is one. */
const KEYS = [
  ...[
    'true',
    'a number',
    'a JSON string',
    'a word',
    'words',
    'an array of nulls',
    'an array of empty objects',
  ],
  ...[
    'an object without what is wanted',
    'an object of nulls',
    'empty lists in place of objects',
    'wrong types',
  ],
  ...[
    'an object with a prototype',
    'a success in words',
    'a truncated object',
    'a truncated text',
    'two objects',
  ],
  ...['more than JSON', 'an object in a list', 'too deep for XML', 'an empty SOAP body', 'a SOAP fault'],
  ...[],
  ...['an answer in foreign namespaces', 'an answer to another request'],
];
export const xqkeysCalls: HostileProvider<XqkeysClient> = {
  name: 'xqkeys',
  operations: Object.keys(XQKEYS),
  kindOf: (name) => kindOfRow(XQKEYS[name as keyof typeof XQKEYS]),
  open: (url, clock) =>
    connected(
      xqkeys,
      {
        XQKEYS_API_KEY: 'key',
        ...Object.fromEntries(
          ['SUBSCRIPTION', 'VALIDATION', 'QUANTUM', 'DASHBOARD'].map((name) => [`XQKEYS_${name}_URL`, url]),
        ),
      },
      clock,
    ),
  prelude(request, operation) {
    if (request.endsWith(' /time')) return operation === 'time' ? undefined : '1700000000';
    // A number is a time: what follows it says no.
    return operation === 'time' ? '{"status":"No"}' : undefined;
  },
  tried: {
    validate_api_key: xq((client) => client.account.apiKey()),
    get_settings: xq((client) => client.account.settings(SESSION)),
    update_settings: done((client: XqkeysClient) => client.account.updateSettings(SESSION, {})),
    get_subscriber: xq((client) => client.account.subscriber(SESSION)),
    delete_subscriber: done((client: XqkeysClient) => client.account.deleteSubscriber(SESSION)),
    combined: xq((client) => client.account.combine(SESSION, [])),
    authorize_user: xq((client) =>
      client.signIn.requestAccess({
        user: 'a',
        firstName: '',
        lastName: '',
        newsletter: false,
        notifications: 0,
      }),
    ),
    code_validate: done((client: XqkeysClient) => client.signIn.confirm('a.b.c', '1')),
    exchange_key: xq((client) => client.signIn.exchange('a.b.c', { businessId: null, selector: false })),
    authorize_alias: xq((client) => client.signIn.alias({ user: 'a', firstName: '', lastName: '' })),
    delegate: xq((client) => client.signIn.delegate('a.b.c')),
    delete_authorization: done((client: XqkeysClient) => client.signIn.signOut('a.b.c')),
    time: xq((client) => client.devices.signInWithCertificate(CERTIFIED)),
    authorize_device: xq((client) =>
      client.devices.signIn({ businessId: '1', device: 'd', roaming: false, locatorKey: 'k' }),
    ),
    authorize_device_cert: xq((client) => client.devices.signInWithCertificate(CERTIFIED)),
    create_packet: xq((client) => client.packets.create(SESSION, 'k', POLICY)),
    create_and_store_packet: xq((client) =>
      client.packets.createAndStore(SESSION, 'k', { ...POLICY, labels: null }),
    ),
    create_and_store_packets: xq((client) =>
      client.packets.createAndStoreMany(SESSION, ['k'], { ...POLICY, note: null }),
    ),
    add_packet: xq((client) => client.packets.store(SESSION, 'p')),
    get_packet: { call: (client) => client.keys.fetch(SESSION, LOCATOR), means: KEYS },
    get_packets: xq((client) => client.keys.fetchMany(SESSION, [LOCATOR])),
    CheckKeyExpiration: xq((client) => client.keys.expiresInSeconds(SESSION, LOCATOR)),
    grant_users: done((client: XqkeysClient) => client.keys.grant(SESSION, LOCATOR, [])),
    revoke_users: done((client: XqkeysClient) => client.keys.revokeUsers(SESSION, LOCATOR, [])),
    revoke_packet: done((client: XqkeysClient) => client.keys.revoke(SESSION, LOCATOR)),
    revoke_packets: done((client: XqkeysClient) => client.keys.revokeMany(SESSION, [LOCATOR])),
    get_entropy: xq((client) => client.account.entropyHex(8)),
    get_entropy_bits: xq((client) => client.account.entropyBits(8)),
    login_verify: xq((client) => client.signIn.dashboard('a.b.c', null)),
    announce_device: done((client: XqkeysClient) => client.devices.announce('a.b.c', 'd')),
    generate_device_certificate: xq((client) =>
      client.devices.createCertificate('a.b.c', { tag: 't', fence: [], enabled: true }),
    ),
    GetCommunications: xq((client) => client.dashboard.communications('a.b.c', { limit: 1, page: 0 })),
    get_communication_by_locator_token: xq((client) => client.dashboard.communication('a.b.c', LOCATOR)),
    add_labels_to_locator_token: done((client: XqkeysClient) =>
      client.dashboard.addLabels('a.b.c', LOCATOR, []),
    ),
    // A list of nothing says that nothing happened.
    GetEventLogs: {
      call: (client) => client.dashboard.events('a.b.c', { limit: 1, page: 0 }),
      means: ['an empty array'],
    },
    GetEventTypes: { call: (client) => client.dashboard.eventTypes('a.b.c'), means: ['an empty array'] },
  },
};
const CERTIFIED = {
  certificateId: '1',
  certificate: 'c',
  transportKey: 't',
  privateKey,
  device: 'd',
};
