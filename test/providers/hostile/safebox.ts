import type { Access as SafeboxAccess } from '../../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../../src/providers/safebox/client.js';
import { OPERATIONS as SAFEBOX } from '../../../src/providers/safebox/operations.js';
import { safebox } from '../../../src/providers/safebox/provider.js';
import { kindOfRow, connected, done } from './tried.js';
import type { Tried, HostileProvider } from './tried.js';

const USER: SafeboxAccess = { kind: 'session', id: 's', token: 'USER|1', userId: '1' };
const BOX = {
  guid: 'b1',
  userEmail: null,
  subject: null,
  message: 'x',
  documentIds: [],
  securityProfileId: '1',
  publicEncryptionKey: null,
  notificationLanguage: 'en',
  emailNotificationEnabled: null,
  recipients: [],
  options: {},
};
const box = (call: (client: SafeboxClient) => Promise<unknown>): Tried<SafeboxClient> => ({ call });
export const safeboxCalls: HostileProvider<SafeboxClient> = {
  name: 'safebox',
  operations: [...Object.keys(SAFEBOX), 'uploadAttachment'],
  kindOf: (name) =>
    name === 'uploadAttachment' ? 'write' : kindOfRow(SAFEBOX[name as keyof typeof SAFEBOX]),
  open: (url, clock) => connected(safebox, { SAFEBOX_URL: url, SAFEBOX_ENTERPRISE_ACCOUNT: 'acme' }, clock),
  prelude: (request, operation, url) =>
    request.includes('/services/') && operation !== 'portalHost' && operation !== 'serverUrl'
      ? url
      : undefined,
  tried: {
    portalHost: box((client) =>
      client.signIn({ username: 'a', password: 'b', oneTimePassword: null, deviceId: 'd', deviceName: 'n' }),
    ),
    serverUrl: box((client) => client.boxes.list(USER, {}, 1, 1)),
    getUserToken: box((client) =>
      client.signIn({ username: 'a', password: 'b', oneTimePassword: null, deviceId: 'd', deviceName: 'n' }),
    ),
    getEnterpriseSettings: box((client) => client.accounts.enterpriseSettings(USER)),
    getSecurityProfiles: box((client) => client.accounts.securityProfiles(USER, null)),
    getConsentGroupMessages: box((client) => client.accounts.consentGroup(USER, '1')),
    userSettings: box((client) => client.accounts.userSettings(USER, null)),
    getFavorites: box((client) => client.people.favorites(USER, null)),
    createFavorite: box((client) => client.people.createFavorite(USER, null, {})),
    updateFavorite: box((client) => client.people.updateFavorite(USER, null, '1', {})),
    deleteFavorite: done((client: SafeboxClient) => client.people.deleteFavorite(USER, null, '1')),
    searchRecipient: box((client) => client.people.searchRecipient(USER, 'x')),
    searchParticipant: box((client) => client.people.searchRecipient(USER, 'x')),
    createParticipant: box((client) => client.people.createParticipant(USER, 'b1', {})),
    updateParticipant: box((client) => client.people.updateParticipant(USER, 'b1', 'p1', {})),
    getSafeboxes: box((client) => client.boxes.list(USER, {}, 1, 1)),
    initializeSafebox: box((client) => client.content.initialize(USER, null)),
    commitSafebox: box((client) => client.content.commit(USER, BOX)),
    newFile: box((client) => client.content.newFile(USER, 'b1', 1, null)),
    reply: box((client) =>
      client.content.reply(USER, 'b1', { message: 'x', consent: null, documentIds: [] }),
    ),
    getSafeboxInfo: box((client) => client.boxes.info(USER, 'b1', ['messages'])),
    getSecurityOptions: box((client) => client.boxes.section(USER, 'b1', 'securityOptions')),
    getParticipants: box((client) => client.boxes.section(USER, 'b1', 'participants')),
    getMessages: box((client) => client.boxes.section(USER, 'b1', 'messages')),
    getDownloadActivity: box((client) => client.boxes.section(USER, 'b1', 'downloadActivity')),
    getEventHistory: box((client) => client.boxes.section(USER, 'b1', 'eventHistory')),
    close: box((client) => client.boxes.act(USER, 'b1', 'close')),
    deleteContent: box((client) => client.boxes.act(USER, 'b1', 'deleteContent')),
    markAsRead: box((client) => client.boxes.act(USER, 'b1', 'markAsRead')),
    markAsUnread: box((client) => client.boxes.act(USER, 'b1', 'markAsUnread')),
    follow: box((client) => client.boxes.act(USER, 'b1', 'follow')),
    unfollow: box((client) => client.boxes.act(USER, 'b1', 'unfollow')),
    addTime: box((client) => client.boxes.addTime(USER, 'b1', { value: 1, unit: 'days' })),
    markMessageAsRead: box((client) => client.boxes.markMessage(USER, 'b1', 'm1', true)),
    markMessageAsUnread: box((client) => client.boxes.markMessage(USER, 'b1', 'm1', false)),
    getAuditRecordUrl: box((client) => client.boxes.auditRecordUrl(USER, 'b1')),
    getFileUrl: box((client) => client.boxes.fileUrl(USER, 'b1', 'd1', null)),
    uploadAttachment: box(async (client) => {
      const url = await hostOf(client);
      return client.files.upload(`${url}/up`, {
        fileName: 'a',
        contentType: 'text/plain',
        sizeBytes: 1,
        content: (async function* () {
          yield Buffer.from('x');
        })(),
      });
    }),
  },
};

const urls = new WeakMap<object, string>();
/** Remembers where a client's server is, for operations whose URL the provider gives. */
export function rememberUrl(client: object, url: string): void {
  urls.set(client, url);
}
function hostOf(client: object): Promise<string> {
  return Promise.resolve(urls.get(client) ?? '');
}
