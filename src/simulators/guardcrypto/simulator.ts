import { simulate } from '../kit/simulate.js';
import { controlOf } from './control.js';
import { Envelope } from './envelope.js';
import { ROUTES } from './operations.js';
import { RequestLog } from './request-log.js';
import { seedState } from './seeds.js';
import { keepServerCredentials, type ServerCredentials } from './server-credentials.js';
import { findCall } from './server.js';
import { stateSchema } from './state/state.js';
import { World } from './state/world.js';

const BASE_PATH = '/appsuite/api';

const ABOUT = `\
An OX App Suite with Guard, with real OpenPGP and S/MIME, over plain HTTP.

Seeds: \`anton@example.com\` with an RSA ring, an expired one and two certificates, \`berta@example.com\` with a certified ring, \`carl@example.com\` without keys and recovery, \`dora@example.com\` with a revoked ring, and the guest \`guest1@outside.example\` (item \`item-1\`, PIN 1234). Passwords: App Suite \`appsuite-pw\`, keys \`key-pw\`, certificates \`smime-pw\`.

Recipients, by the begin of the address: \`nokey\` has none, \`hkp-\`, \`wkd-\`, \`uploaded-\`, \`autocrypt-\` and \`guest-\` have a key of that source, \`expired-\` and \`revoked-\` such a ring, \`down\` is a key service out of order; \`nocert\` and \`expiredcert-\` for certificates. The password \`lockme\` locks an account at once.`;

/** Stand-in for an OX App Suite with Guard: HTTP, with real OpenPGP and S/MIME; one world per `dir`. */
export const guardCryptoSimulator = simulate('guardcrypto', (kit) => {
  const file = kit.keep(stateSchema);
  const open = async (): Promise<World> => {
    if (!file.restored) file.value = await seedState();
    return new World(file, kit);
  };
  // Made when it is first needed: the keys of the seeds take a second to find, for which no start should wait.
  let opened: Promise<World> | undefined;
  const world = (): Promise<World> => (opened ??= open());
  let kept: ServerCredentials | undefined;
  const credentials = (): ServerCredentials => (kept ??= keepServerCredentials(kit.dir));
  const parts = { world, credentials, envelope: new Envelope(kit.clock), log: new RequestLog() };
  return {
    about: ABOUT,
    operations: ROUTES,
    find: (request) => findCall(parts, request),
    ...controlOf(parts),
    basePath: BASE_PATH,
    environment: (url) => ({
      GUARDCRYPTO_URL: url + BASE_PATH,
      GUARDCRYPTO_REST_USER: credentials().restUser,
      GUARDCRYPTO_REST_PASSWORD: credentials().restPassword,
      GUARDCRYPTO_SUPPORT_USER: credentials().supportUser,
      GUARDCRYPTO_SUPPORT_PASSWORD: credentials().supportPassword,
    }),
    async close() {
      if (opened !== undefined) await Promise.allSettled([opened]);
    },
  };
});
