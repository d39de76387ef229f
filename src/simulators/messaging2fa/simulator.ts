import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import { answering, emptyAnswer, type Answer } from '../kit/answer.js';
import { CallCounters } from '../kit/call-counters.js';
import { ensureCertificates, type Certificates } from '../kit/certificates.js';
import { startControl } from '../kit/control.js';
import { FaultInjector } from '../kit/faults.js';
import { listen, type ClientCertificateMode } from '../kit/listener.js';
import { cryptographicRandom } from '../kit/random.js';
import { parseTarget } from '../kit/router.js';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../kit/simulator.js';
import {
  applicationOf,
  callingApplication,
  CERTIFICATE_PLAN,
  isManagementKey,
  type CertificateLabel,
} from './applications.js';
import { controlInterface, createControl, type Messaging2faControl } from './control.js';
import { businessError } from './error-codes.js';
import { MessageStore } from './message-store.js';
import { findOperation, type OperationContext } from './operations.js';

const API_VERSION = '1';

/** Stand-in for the PassBy[ME] messaging API: HTTPS with client certificates, one process-wide world per `dir`. */
export const messaging2faSimulator: SimulatorDefinition<Messaging2faControl> = {
  name: 'messaging2fa',
  start,
};

async function start(options: SimulatorOptions): Promise<Simulator<Messaging2faControl>> {
  const { dir, port = 0, host, clock = systemClock, random = cryptographicRandom, stepMs = 1000 } = options;
  const certificates = await ensureCertificates({
    dir: join(dir, 'certificates'),
    plan: CERTIFICATE_PLAN,
    host,
  });
  const store = new MessageStore(dir, clock);
  const faults = new FaultInjector(clock);
  const counters = new CallCounters();
  const revoked = new Set([applicationOf('revoked-app')]);
  let clientCertificateMode: ClientCertificateMode = 'strict';

  const handle = (request: IncomingMessage): Promise<Answer> => {
    const target = findOperation(request.method ?? '', parseTarget(request.url).path);
    const operation = target.route?.operation ?? 'unknown';
    counters.count(operation);
    return faults.around(operation, async () => {
      const application = callingApplication(request);
      if (application === undefined) return emptyAnswer(401);
      if (revoked.has(application)) return businessError('CERTIFICATE_REVOKED');
      if (isManagementKey(application)) return businessError('FORBIDDEN');
      if (request.headers['x-pbm-api-version'] !== API_VERSION)
        return businessError('UNSUPPORTED_API_VERSION');
      if (target.route === undefined) return emptyAnswer(target.reason === 'unknown method' ? 405 : 404);
      const context: OperationContext = {
        store,
        random,
        stepMs,
        application,
        request,
        params: target.params,
      };
      return target.route.handle(context);
    });
  };

  const listener = await listen({
    handler: answering(handle),
    port,
    host,
    tls: { ...certificates.server, clientCertificate: () => clientCertificateMode },
  });
  const control = createControl({
    store,
    faults,
    counters,
    revoked,
    setClientCertificateMode(mode) {
      clientCertificateMode = mode;
    },
  });
  const controlListener = await startControl(controlInterface(control));
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([listener.stop(), controlListener.stop()]);
    store.close();
  };
  return {
    name: messaging2faSimulator.name,
    url: listener.url,
    environment: environment(listener.url, certificates),
    files: files(certificates),
    control,
    controlUrl: controlListener.url,
    stop: () => (stopped ??= stop()),
  };
}

function environment(url: string, certificates: Certificates<CertificateLabel>): Record<string, string> {
  const { certFile, keyFile } = certificates.clientFiles('app-a');
  return {
    MESSAGING2FA_URL: url,
    MESSAGING2FA_CERT_FILE: certFile,
    MESSAGING2FA_KEY_FILE: keyFile,
    MESSAGING2FA_KEY_PASSPHRASE: certificates.passphrase,
    MESSAGING2FA_CA_FILE: certificates.caFile,
  };
}

// Labels are the file names: `app-a` is the combined file, `app-a.cert` and `app-a.key` are its parts.
function files(certificates: Certificates<CertificateLabel>): Record<string, string> {
  const paths: Record<string, string> = { ca: certificates.caFile };
  for (const label of ['app-a', 'app-b', 'revoked-app', 'management', 'foreign'] as const) {
    const { certFile, keyFile, combinedFile } = certificates.clientFiles(label);
    paths[label] = combinedFile;
    paths[`${label}.cert`] = certFile;
    paths[`${label}.key`] = keyFile;
  }
  return paths;
}
