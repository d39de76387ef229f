import { simulate } from '../kit/simulate.js';
import { controlOf } from './control.js';
import { apiHost, fileHost } from './operations/all.js';
import { ACME } from './state/directory.js';
import { seed } from './state/seeds.js';
import { Service } from './state/service.js';
import { enterpriseToken } from './state/tokens.js';

const ABOUT = `\
SendSecure: portal and server on one port, the file server on another. \`tokenSentToFileServer\` of the calls counts requests that brought an API token there.

Seeds: account \`acme\` with the users \`ada\` (password \`ada-demo-password\`) and \`otto\` (\`otto-demo-password\`, one-time password \`000000\`), account \`globex\` with \`eve\` (\`eve-demo-password\`); SafeBoxes of Ada and Otto in every state.

By what stands before the @ of a guest's address, up to the first dot or hyphen, one act a step: \`reads\`, \`downloads\`, \`replies\`, \`bounces\`; \`badcode\` fails to sign in until it is locked out. A commit with the subject \`#error:403\` or \`#error:500\` is refused so.`;

/** Stand-in for SendSecure: portal and server on one port, the file server on another, plain HTTP. */
export const safeboxSimulator = simulate('safebox', (kit) => {
  const service = new Service(kit);
  const parts = {
    service,
    addresses: {
      get server() {
        return kit.origin();
      },
      get files() {
        return kit.origin('files');
      },
    },
  };
  return {
    about: ABOUT,
    ...apiHost(parts),
    hosts: { files: fileHost(parts, kit) },
    ...controlOf(parts),
    open() {
      service.open();
      if (!service.restored) seed(service);
    },
    environment: (url) => ({
      SAFEBOX_URL: url,
      SAFEBOX_ENTERPRISE_ACCOUNT: ACME.permalink,
      SAFEBOX_API_TOKEN: enterpriseToken(service, ACME),
      SAFEBOX_FILE_ORIGINS: kit.origin('files'),
    }),
    close: () => service.documents.idle(),
  };
});
