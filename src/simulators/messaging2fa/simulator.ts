import { emptyAnswer } from '../kit/answer.js';
import type { ClientCertificateMode } from '../kit/listener.js';
import { simulate } from '../kit/simulate.js';
import { applicationOf, callingApplication, CERTIFICATE_PLAN, isManagementKey } from './applications.js';
import { controlOf } from './control.js';
import { businessError } from './error-codes.js';
import { MessageStore } from './message-store.js';
import { operationsOf } from './operations.js';

const API_VERSION = '1';

/** Stand-in for the PassBy[ME] messaging API: HTTPS with client certificates, one process-wide world per `dir`. */
export const messaging2faSimulator = simulate('messaging2fa', (kit) => {
  const store = new MessageStore(kit);
  const revoked = new Set([applicationOf('revoked-app')]);
  const tls: { mode: ClientCertificateMode } = { mode: 'strict' };
  return {
    about: [
      'The PassBy[ME] messaging API. A recipient acts by what stands before the @ in its id, one step a second:',
      '`approve`, `deny`, `seen`, `notified`, `downloaded`, `nopush`, `unreached`, `nodevice`, `disabled`, `failed`, `late`;',
      '`err500` and `err420` refuse the whole message, the latter with its subject as the code.',
      'Everybody else waits for the control interface: nobody approves by accident.',
      'Messages are known after a restart, until 30 days after their expiry; their texts are not.',
    ].join('\n'),
    operations: operationsOf(kit, store),
    ...controlOf({ store, revoked, tls }),
    refuse({ request }) {
      const application = callingApplication(request);
      if (application === undefined) return emptyAnswer(401);
      if (revoked.has(application)) return businessError('CERTIFICATE_REVOKED');
      if (isManagementKey(application)) return businessError('FORBIDDEN');
      return request.headers['x-pbm-api-version'] === API_VERSION
        ? undefined
        : businessError('UNSUPPORTED_API_VERSION');
    },
    open: () => store.compact(),
    environment: (url) => ({ MESSAGING2FA_URL: url }),
    tls: {
      plan: CERTIFICATE_PLAN,
      clientCertificate: () => tls.mode,
      environment({ clientFiles, passphrase, caFile }) {
        const { certFile, keyFile } = clientFiles('app-a');
        return {
          MESSAGING2FA_CERT_FILE: certFile,
          MESSAGING2FA_KEY_FILE: keyFile,
          MESSAGING2FA_KEY_PASSPHRASE: passphrase,
          MESSAGING2FA_CA_FILE: caFile,
        };
      },
    },
  };
});
