import type { Environment } from './environment.js';
import { choice, flag, list, milliseconds, text, url, wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';
import { readTrustedDocuments } from './trusted-documents.js';
import type { TrustedDocument } from './trusted-documents.js';

/** From the quietest to the most talkative. */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where this process listens, keeps its data and reports to. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Where clients reach this server; undefined: links to files are relative to it. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly corsOrigins: readonly string[];
  /** Undefined: on in sandbox mode, off otherwise. */
  readonly introspection: boolean | undefined;
  /** Undefined: on in sandbox mode, off otherwise. */
  readonly landingPages: boolean | undefined;
  /** Undefined: on in sandbox mode, off otherwise. */
  readonly metrics: boolean | undefined;
  /** Where traces are sent, and of how many percent of what begins here; undefined: none are kept. */
  readonly traces: { readonly url: string; readonly percent: number } | undefined;
  /** Undefined: every document may run. */
  readonly trustedDocuments: readonly TrustedDocument[] | undefined;
  /** Undefined: `warn` in sandbox mode, `info` otherwise. */
  readonly logLevel: LogLevel | undefined;
  /** Undefined: no audit log is kept. */
  readonly auditFile: string | undefined;
  readonly shutdownDelayMs: number;
  readonly shutdownTimeoutMs: number;
  readonly subgraphReadTimeoutMs: number;
  readonly supergraphRefreshMs: number;
  readonly socketInitTimeoutMs: number;
  /** Undefined: every simulator takes free ports. */
  readonly simulatorsPort: number | undefined;
}

export const serverSettings = {
  PORT: wholeNumber(0, 65_535).default(4000).describe('TCP port to listen on; 0 takes a free one.'),
  HOST: text().default('127.0.0.1').describe('Address to listen on.'),
  PUBLIC_URL: url('https', 'http')
    .optional()
    .describe(
      'Where clients reach this server, for links to files. Without it they are relative, such as /files/....',
    ),
  SEALGRAPH_DATA_DIR: text()
    .default('.sealgraph')
    .describe('Folder for what must survive a restart. Created when missing.'),
  CORS_ORIGINS: list()
    .refine((origins) => origins.every(isOrigin), {
      error: 'must hold origins such as https://app.example.com, separated by commas.',
    })
    .default([])
    .describe('Origins whose pages may call the API, separated by commas.'),
  INTROSPECTION: flag()
    .optional()
    .describe('Whether clients may read the schema. Default: true in sandbox mode, false otherwise.'),
  LANDING_PAGES: flag()
    .optional()
    .describe(
      'Whether / and /graphiql show pages to try the API. Default: true in sandbox mode, false otherwise.',
    ),
  METRICS: flag()
    .optional()
    .describe(
      'Whether /metrics answers with Prometheus metrics. Default: true in sandbox mode, false otherwise.',
    ),
  TRACES_URL: url('https', 'http')
    .optional()
    .describe(
      'Where traces are sent, as OpenTelemetry over HTTP (OTLP), such as http://collector:4318/v1/traces. Default: none are kept.',
    ),
  TRACES_PERCENT: wholeNumber(0, 100)
    .default(100)
    .describe('Of how many of a hundred requests a trace is kept, where the client has not decided it.'),
  TRUSTED_DOCUMENTS: text()
    .optional()
    .describe(
      'Manifest of registered operations, as `sealgraph documents` writes it: no others run. schema/trusted-documents.json is that of the examples.',
    ),
  LOG_LEVEL: choice(LOG_LEVELS)
    .optional()
    .describe(`One of ${LOG_LEVELS.join(', ')}. Default: warn in sandbox mode, info otherwise.`),
  AUDIT_FILE: text()
    .optional()
    .describe(
      'File to which every mutation and every denied access is appended as a line of JSON: who, what, which ids, and what came of it. Default: none is kept.',
    ),
  SUBGRAPH_READ_TIMEOUT_MS: milliseconds()
    .default(15_000)
    .describe('How long a subgraph service may take to answer what is not a mutation.'),
  SUPERGRAPH_REFRESH_MS: milliseconds()
    .default(10_000)
    .describe(
      'How often a gateway looks whether the schemas of its subgraph services have changed, and composes its graph anew if so.',
    ),
  SOCKET_INIT_TIMEOUT_MS: milliseconds()
    .default(3_000)
    .describe('How long a WebSocket client may take to say who it is (connection_init).'),
  SHUTDOWN_DELAY_MS: milliseconds()
    .default(1_000)
    .describe(
      'How long a process that is told to stop serves on, while /health/ready says `draining`, so that a balancer sends requests elsewhere. In sandbox mode: not at all.',
    ),
  SHUTDOWN_TIMEOUT_MS: milliseconds()
    .default(6_000)
    .describe('How long requests in flight may take to finish after that.'),
  SIMULATORS_PORT: wholeNumber(1, 65_500)
    .optional()
    .describe(
      'First of the ports of the simulators in sandbox mode: guardcrypto, messaging2fa, safebox, vipidentity and xqkeys from there on, their control interfaces ten ports later. Default: free ports.',
    ),
};

/** @throws ConfigError */
export function readServerConfig(environment: Environment): ServerConfig {
  const settings = parseSettings(serverSettings, environment);
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL,
    dataDir: settings.SEALGRAPH_DATA_DIR,
    corsOrigins: settings.CORS_ORIGINS,
    introspection: settings.INTROSPECTION,
    landingPages: settings.LANDING_PAGES,
    metrics: settings.METRICS,
    traces:
      settings.TRACES_URL === undefined
        ? undefined
        : { url: settings.TRACES_URL, percent: settings.TRACES_PERCENT },
    trustedDocuments:
      settings.TRUSTED_DOCUMENTS === undefined ? undefined : readTrustedDocuments(settings.TRUSTED_DOCUMENTS),
    logLevel: settings.LOG_LEVEL,
    auditFile: settings.AUDIT_FILE,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: settings.SHUTDOWN_TIMEOUT_MS,
    subgraphReadTimeoutMs: settings.SUBGRAPH_READ_TIMEOUT_MS,
    supergraphRefreshMs: settings.SUPERGRAPH_REFRESH_MS,
    socketInitTimeoutMs: settings.SOCKET_INIT_TIMEOUT_MS,
    simulatorsPort: settings.SIMULATORS_PORT,
  };
}

function isOrigin(entry: string): boolean {
  return /^https?:\/\//.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}
