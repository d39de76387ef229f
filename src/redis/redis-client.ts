import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { isReadOnly } from './answer-of.js';
import { nodeConnector } from './node-connector.js';
import type { RedisAddress } from './redis-address.js';

/** One server, found by Sentinels or not, or a cluster: commands are sent to either alike. */
export type RedisClient = Redis | Cluster;

/** What a connection is for, and so how it behaves while Redis is away. */
export interface ClientRole {
  readonly name: string;
  /** Whether commands wait for Redis to come back, and are sent again when it does; otherwise they fail at once. */
  readonly waits: boolean;
  /** Milliseconds after which a command that has no answer fails; undefined: never. */
  readonly commandTimeoutMs?: number;
}

const LONGEST_RETRY_MS = 2_000;
// A node that hangs answers nobody that its slots have moved.
const SLOTS_REFRESH_MS = 2_000;

/** A client that connects when told to, and again by itself whenever the connection is lost. */
export function createClient(address: RedisAddress, role: ClientRole): RedisClient {
  const { mode, urls } = address;
  if (mode !== 'cluster') return new Redis({ ...placeOf(address), ...retrying, ...optionsOf(address, role) });
  const options: ClusterOptions = {
    lazyConnect: true,
    enableOfflineQueue: role.waits,
    clusterRetryStrategy: retryDelay,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    // A command that may have reached a node is not sent to the next one.
    ...(role.waits ? {} : { retryDelayOnFailover: 0 }),
    redisOptions: optionsOf(address, role),
  };
  return new Cluster(urls.map(hostAndPort), options);
}

/** A client that subscribes: any node of a cluster does, and the next one when that is lost. */
export function createSubscriber(
  address: RedisAddress,
  role: ClientRole,
  nodes: () => readonly { readonly host: string; readonly port: number }[],
): Redis {
  const client = { ...retrying, ...optionsOf(address, role), autoResubscribe: false };
  if (address.mode !== 'cluster') return new Redis({ ...placeOf(address), ...client });
  return new Redis({ ...client, Connector: nodeConnector(nodes, tlsOf(address)) });
}

export function hostAndPort(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 6_379) };
}

function retryDelay(attempt: number): number {
  return Math.min(100 * 2 ** Math.min(attempt, 10), LONGEST_RETRY_MS);
}

const retrying: RedisOptions = {
  retryStrategy: retryDelay,
  sentinelRetryStrategy: retryDelay,
  // After a failover the old address may lead to a server that takes no writes any more.
  reconnectOnError: (error) => isReadOnly(error.message),
};

function placeOf(address: RedisAddress): RedisOptions {
  const { mode, urls, masterName, sentinelPassword } = address;
  if (mode !== 'sentinel') return hostAndPort(urls[0] ?? '');
  const tls = tlsOf(address);
  return {
    sentinels: urls.map(hostAndPort),
    name: masterName ?? 'mymaster',
    // Leaves a server that hangs as soon as another has taken over.
    failoverDetector: true,
    sentinelCommandTimeout: 2_000,
    ...(sentinelPassword ? { sentinelPassword } : {}),
    ...(tls ? { sentinelTLS: tls, enableTLSForSentinelMode: true } : {}),
  };
}

function optionsOf(address: RedisAddress, { name, waits, commandTimeoutMs }: ClientRole): RedisOptions {
  const { username, password, pathname } = new URL(address.urls[0] ?? '');
  const tls = tlsOf(address);
  return {
    connectionName: `sealgraph-${name}`,
    lazyConnect: true,
    keepAlive: 10_000,
    db: Number(pathname.slice(1)) || 0,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(tls ? { tls } : {}),
    ...(commandTimeoutMs === undefined ? {} : { commandTimeout: commandTimeoutMs }),
    ...(waits ? { maxRetriesPerRequest: null } : { enableOfflineQueue: false, maxRetriesPerRequest: 0 }),
  };
}

function tlsOf({ urls, tls }: RedisAddress): RedisAddress['tls'] {
  return urls[0]?.startsWith('rediss:') ? (tls ?? {}) : undefined;
}
