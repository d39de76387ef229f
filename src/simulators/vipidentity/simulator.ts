import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import { answering, emptyAnswer, textAnswer, type Answer } from '../kit/answer.js';
import { CallCounters } from '../kit/call-counters.js';
import { ensureCertificates, type Certificates } from '../kit/certificates.js';
import { startControl } from '../kit/control.js';
import { FaultInjector } from '../kit/faults.js';
import { listen } from '../kit/listener.js';
import { cryptographicRandom } from '../kit/random.js';
import { parseTarget } from '../kit/router.js';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../kit/simulator.js';
import { CERTIFICATE_PLAN, type CertificateLabel } from './accounts.js';
import { controlInterface, createControl, type VipidentityControl } from './control.js';
import { VERSIONS, type Version } from './schema/xml-type.js';
import { SERVICES, type Service } from './services.js';
import { answerCall } from './soap/answer-call.js';
import { OutcomeInjector } from './soap/outcome-injector.js';
import { Performer } from './soap/performer.js';
import { writeWsdl } from './soap/write-wsdl.js';
import { World } from './state/world.js';

/** Stand-in for the VIP user services: SOAP over HTTPS with client certificates, versions 1.7 and 1.8. */
export const vipidentitySimulator: SimulatorDefinition<VipidentityControl> = {
  name: 'vipidentity',
  start,
};

async function start(options: SimulatorOptions): Promise<Simulator<VipidentityControl>> {
  const { dir, port = 0, host, clock = systemClock, random = cryptographicRandom, stepMs = 1000 } = options;
  const certificates = await ensureCertificates({
    dir: join(dir, 'certificates'),
    plan: CERTIFICATE_PLAN,
    host,
  });
  const world = new World({ dir, clock, random, stepMs });
  const outcomes = new OutcomeInjector();
  const faults = new FaultInjector(clock);
  const counters = new CallCounters();
  const calls = { performer: new Performer(world, outcomes), counters, faults };

  const handle = async (request: IncomingMessage): Promise<Answer> => {
    const { path, query } = parseTarget(request.url);
    const endpoint = ENDPOINTS.get(path);
    if (endpoint === undefined) return emptyAnswer(404);
    const { service, version } = endpoint;
    if (request.method === 'POST') return answerCall(calls, service, version, request);
    if (request.method !== 'GET' || !query.has('wsdl')) return emptyAnswer(405, { allow: 'POST' });
    const address = `https://${request.headers.host ?? 'localhost'}${path}`;
    return textAnswer(200, writeWsdl(service, version, address), 'text/xml;charset=utf-8');
  };

  const listener = await listen({
    handler: answering(handle),
    port,
    host,
    tls: { ...certificates.server, clientCertificate: () => 'strict' },
  });
  const control = createControl({ world, faults, outcomes, counters });
  const controlListener = await startControl(controlInterface(control));
  return {
    name: vipidentitySimulator.name,
    url: listener.url,
    environment: environment(listener.url, certificates),
    files: files(certificates),
    control,
    controlUrl: controlListener.url,
    async stop() {
      await Promise.all([listener.stop(), controlListener.stop()]);
    },
  };
}

const ENDPOINTS: ReadonlyMap<string, { readonly service: Service; readonly version: Version }> = new Map(
  SERVICES.flatMap((service) =>
    VERSIONS.map((version) => [pathOf(service.name, version), { service, version }] as const),
  ),
);

function pathOf(service: Service['name'], version: Version): string {
  return `/vipuserservices/${service}_1_${version}`;
}

function environment(url: string, certificates: Certificates<CertificateLabel>): Record<string, string> {
  const { certFile, keyFile } = certificates.clientFiles('main');
  return {
    VIP_AUTHENTICATION_URL: `${url}${pathOf('AuthenticationService', 7)}`,
    VIP_MANAGEMENT_URL: `${url}${pathOf('ManagementService', 7)}`,
    VIP_QUERY_URL: `${url}${pathOf('QueryService', 7)}`,
    VIP_CERT_FILE: certFile,
    VIP_KEY_FILE: keyFile,
    VIP_KEY_PASSPHRASE: certificates.passphrase,
    VIP_CA_FILE: certificates.caFile,
  };
}

// Labels are the file names: `main` is the combined file, `main.cert` and `main.key` are its parts.
function files(certificates: Certificates<CertificateLabel>): Record<string, string> {
  const paths: Record<string, string> = { ca: certificates.caFile };
  for (const label of ['main', 'other', 'revoked', 'foreign'] as const) {
    const { certFile, keyFile, combinedFile } = certificates.clientFiles(label);
    paths[label] = combinedFile;
    paths[`${label}.cert`] = certFile;
    paths[`${label}.key`] = keyFile;
  }
  return paths;
}
