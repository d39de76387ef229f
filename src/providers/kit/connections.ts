import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../../clock.js';
import type { ClientCertificate } from './client-certificate.js';
import { createTlsConnector } from './tls-connector.js';

/** Where requests go out. */
export interface Connections {
  /** To be asked before each request, and used at once. */
  dispatcher(): Dispatcher;
  /** Lets what is under way end, but not for long. */
  close(): Promise<void>;
}

export interface ConnectionsOptions {
  readonly certificate: ClientCertificate | undefined;
  /** Milliseconds until a connection, TLS included, must stand. */
  readonly connectMs: number;
  /** Connections per origin. */
  readonly limit: number;
  readonly clock: Clock;
}

const CLOSE_MS = 5_000;

/** Pooled connections. A changed certificate opens new ones, while requests on the old ones end in peace. */
export function openConnections({ certificate, connectMs, limit, clock }: ConnectionsOptions): Connections {
  const open = (secureContext: SecureContext | undefined): Agent =>
    new Agent({
      connections: limit,
      connect: secureContext
        ? createTlsConnector({ secureContext, connectMs, clock })
        : { timeout: connectMs, rejectUnauthorized: true },
    });
  const retired = new Set<Agent>();
  const retire = async (old: Agent): Promise<void> => {
    retired.add(old);
    await old.close();
    retired.delete(old);
  };

  let context = certificate?.current();
  let agent = open(context);
  return {
    dispatcher() {
      const latest = certificate?.current();
      if (latest !== context) {
        void retire(agent);
        context = latest;
        agent = open(latest);
      }
      return agent;
    },
    async close() {
      const agents = [...retired, agent];
      const cancel = clock.schedule(CLOSE_MS, () => agents.forEach((each) => void each.destroy()));
      await Promise.all(agents.map((each) => each.close()));
      cancel();
    },
  };
}

/** Connections somebody else made and will close. */
export function lentConnections(dispatcher: Dispatcher): Connections {
  return { dispatcher: () => dispatcher, close: () => Promise.resolve() };
}
