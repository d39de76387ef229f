import { emptyAnswer, textAnswer } from '../kit/answer.js';
import type { Route } from '../kit/router.js';
import { parseTarget } from '../kit/router.js';
import { simulate } from '../kit/simulate.js';
import { CERTIFICATE_PLAN } from './accounts.js';
import { controlOf } from './control.js';
import { VERSIONS, type Version } from './schema/xml-type.js';
import { SERVICES, type Service } from './services.js';
import { OutcomeInjector } from './soap/outcome-injector.js';
import { Performer } from './soap/performer.js';
import { faultAnswer, readCall } from './soap/read-call.js';
import { writeWsdl } from './soap/write-wsdl.js';
import { World } from './state/world.js';

const ABOUT = `\
The VIP user services: SOAP over HTTPS with client certificates, versions 1.7 and 1.8. A GET with \`?wsdl\` shows the WSDL of a service.

Seeds: \`ana+approve@example.com\`, \`bob+deny@example.com\`, \`cid+pending@example.com\`, \`dora@example.com\` without a credential, \`eve@example.com\` locked, \`finn@example.com\` disabled, \`gina@example.com\` with the PIN 4711.

By a word in a user id before the @, a push ends two steps after it was sent: \`+approve\`, \`+deny\`, \`+expire\`, \`+notcompleted\`, \`+params\`; without one it stays open until its time runs out. \`+6005\` lets the first call about the user fail. Codes sent to phones are 654321; those of tokens are answered by \`code\`.`;

/** Stand-in for the VIP user services: SOAP over HTTPS with client certificates, versions 1.7 and 1.8. */
export const vipidentitySimulator = simulate('vipidentity', (kit) => {
  const world = new World(kit);
  const outcomes = new OutcomeInjector();
  const performer = new Performer(world, outcomes);
  return {
    about: ABOUT,
    operations: ROUTES,
    async find(request) {
      const { path, query } = parseTarget(request.url);
      const endpoint = ENDPOINTS.get(path);
      if (endpoint === undefined) return emptyAnswer(404);
      const { service, version } = endpoint;
      if (request.method === 'POST') return readCall(performer, service, version, request);
      if (request.method !== 'GET' || !query.has('wsdl')) return emptyAnswer(405, { allow: 'POST' });
      const address = `https://${request.headers.host ?? 'localhost'}${path}`;
      return textAnswer(200, writeWsdl(service, version, address), 'text/xml;charset=utf-8');
    },
    rescue: faultAnswer,
    ...controlOf({ world, outcomes, faults: kit.faults }),
    open: () => world.open(),
    environment: (url) => ({
      VIP_AUTHENTICATION_URL: `${url}${pathOf('AuthenticationService', 7)}`,
      VIP_MANAGEMENT_URL: `${url}${pathOf('ManagementService', 7)}`,
      VIP_QUERY_URL: `${url}${pathOf('QueryService', 7)}`,
    }),
    tls: {
      plan: CERTIFICATE_PLAN,
      environment({ clientFiles, passphrase, caFile }) {
        const { certFile, keyFile } = clientFiles('main');
        return {
          VIP_CERT_FILE: certFile,
          VIP_KEY_FILE: keyFile,
          VIP_KEY_PASSPHRASE: passphrase,
          VIP_CA_FILE: caFile,
        };
      },
    },
  };
});

const ENDPOINTS: ReadonlyMap<string, { readonly service: Service; readonly version: Version }> = new Map(
  SERVICES.flatMap((service) =>
    VERSIONS.map((version) => [pathOf(service.name, version), { service, version }] as const),
  ),
);

const ROUTES: Readonly<Record<string, Route>> = Object.fromEntries(
  SERVICES.flatMap(({ name, operations }) =>
    operations.map((operation): [string, Route] => [operation.name, `POST ${pathOf(name, 7)}`]),
  ),
);

function pathOf(service: Service['name'], version: Version): `/${string}` {
  return `/vipuserservices/${service}_1_${version}`;
}
