import { Agent, EnvHttpProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../../clock.js';
import type { Secret } from '../../config/secret.js';
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
  /** Undefined: none. */
  readonly proxy?: Proxy | undefined;
  readonly clock: Clock;
}

/** A proxy that tunnels connections. */
export interface Proxy {
  readonly url: Pick<Secret, 'reveal'>;
  /** Hosts that are called directly, besides this machine. */
  readonly except: readonly string[];
}

const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];
const CLOSE_MS = 5_000;

/** Pooled connections. A changed certificate opens new ones, while requests on the old ones end in peace. */
export function openConnections(options: ConnectionsOptions): Connections {
  const { certificate, connectMs, limit, proxy, clock } = options;
  const open = (secureContext: SecureContext | undefined): Dispatcher => {
    const tls = { timeout: connectMs, rejectUnauthorized: true, ...(secureContext && { secureContext }) };
    const connect = secureContext ? createTlsConnector({ secureContext, connectMs, clock }) : tls;
    if (!proxy || proxy.except.includes('*')) return new Agent({ connections: limit, connect });
    return new EnvHttpProxyAgent({
      connections: limit,
      connect,
      requestTls: tls,
      proxyTls: { timeout: connectMs, rejectUnauthorized: true },
      // Empty rather than absent: what is absent it would take from the environment.
      httpProxy: '',
      httpsProxy: proxy.url.reveal(),
      noProxy: [...proxy.except, ...THIS_MACHINE].join(','),
    });
  };
  const retired = new Set<Dispatcher>();
  const retire = async (old: Dispatcher): Promise<void> => {
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
