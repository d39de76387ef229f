import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { subgraphs } from '../../subgraphs/index.js';
import { describeSettings } from '../../src/config/describe-settings.js';
import { readComposeFile, readDockerfile } from '../e2e/compose/compose-file.js';
import { composeProblems } from '../../scripts/compose-problems.js';

it('docker-compose.yml follows the Compose specification', () => {
  assert.deepEqual(composeProblems(readFileSync('docker-compose.yml', 'utf8')), []);
});

it('what the Compose specification does not know is named by its place', () => {
  const wrong = [
    ['services: { a: { image: x, imagee: y } }', /^\/services\/a .*"imagee"/],
    ['services: { a: { image: x, depends_on: { b: { condition: maybe } } } }', /depends_on\/b\/condition/],
    [
      'services: { a: { image: x, depends_on: { b: { condition: service_started, required: 1 } } } }',
      /required/,
    ],
    ['services: { a: { image: x, command: { b: c } } }', /^\/services\/a\/command/],
    ['service: {}', /"service"/],
  ] as const;
  for (const [text, problem] of wrong) assert.match(composeProblems(text).join('\n'), problem);
});

// What Compose itself needs, or what a library of ours reads; the comments beside them say so.
const OF_COMPOSE = [
  ...['GATEWAY_PUBLISH', 'SAFEBOX_PUBLISH', 'GUARDCRYPTO_PUBLISH', 'SAFEBOX_PUBLIC_URL'],
  ...['GUARDCRYPTO_PUBLIC_URL', 'REDIS_PASSWORD', 'REDISCLI_AUTH', 'GATEWAY_SETTINGS_FILES'],
  ...['OTEL_EXPORTER_OTLP_HEADERS', 'EOF'],
];

it('every setting in docker-compose.yml and docker/simulators.env is one that .env.example explains, or is explained there', () => {
  const explained = new Set([
    ...OF_COMPOSE,
    ...(readFileSync('.env.example', 'utf8').match(/(?<=^#)\w+(?==)/gm) ?? []),
  ]);
  const compose = readFileSync('docker-compose.yml', 'utf8');
  const used = [
    ...(compose.match(/(?<=\$\{)\w+/g) ?? []),
    ...(compose.match(/(?<=^ +)[A-Z]\w+(?=: )/gm) ?? []),
    ...(readFileSync('docker/simulators.env', 'utf8').match(/^\w+(?==)/gm) ?? []),
  ];
  assert.ok(used.length > 50);
  assert.deepEqual(
    used.filter((name) => !explained.has(name)),
    [],
  );
});

function startedServices(variables: Readonly<Record<string, string>> = {}) {
  return readComposeFile({
    envFile: 'docker/simulators.env',
    variables: { JWT_SECRET: 'x', GATEWAY_SECRET: 'x', VAULT_KEYS: 'x', REDIS_PASSWORD: 'x', ...variables },
    profiles: ['simulators'],
  });
}

const names = subgraphs.map(({ name }) => name);
const callers = [...names, 'poller'];
const everybody = ['gateway', ...callers];
const withFiles = ['safebox', 'guardcrypto'];

/** Which services read the settings of a group. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'Where settings come from': everybody,
  Redis: everybody,
  Callers: ['gateway'],
  Keys: callers,
  'Limits of one request': ['gateway'],
  'Limits within a minute': everybody,
  'People who are asked': callers,
  'Calls to providers': callers,
  Watches: callers,
  'Subgraphs as services': ['gateway'],
  ...Object.fromEntries(names.map((name) => [`Provider ${name}`, [name, 'poller']])),
};

/** Which services read a setting that its group says too little about. */
const READERS_OF: Readonly<Record<string, readonly string[]>> = {
  PUBLIC_URL: withFiles,
  CORS_ORIGINS: ['gateway', ...withFiles],
  ...Object.fromEntries(
    [
      ...['INTROSPECTION', 'LANDING_PAGES', 'TRUSTED_DOCUMENTS', 'SUBGRAPH_READ_TIMEOUT_MS'],
      ...['SUPERGRAPH_REFRESH_MS', 'SOCKET_INIT_TIMEOUT_MS'],
    ].map((name) => [name, ['gateway']]),
  ),
  ...Object.fromEntries(
    [
      ...['METRICS', 'TRACES_URL', 'TRACES_PERCENT', 'LOG_LEVEL'],
      ...['SHUTDOWN_DELAY_MS', 'SHUTDOWN_TIMEOUT_MS'],
    ].map((name) => [name, everybody]),
  ),
  PROVIDER_ACCOUNTS_FILE: callers,
  AUDIT_FILE: callers,
  AUDIT_STREAM_RECORDS: callers,
  GATEWAY_SECRET: ['gateway', ...names],
  MAX_BODY_BYTES: ['gateway', ...names],
  MAX_PROVIDER_CALLS: ['gateway', ...names],
};

/** Settings that Compose gives nobody, and why. */
const OF_NOBODY: Readonly<Record<string, string>> = {
  PORT: 'the image says it',
  HOST: 'the image says it',
  SEALGRAPH_DATA_DIR: 'the image says it',
  SIMULATORS_PORT: 'for sandbox mode alone',
  SUBGRAPH_AUTH: 'the gateway here is ours',
  ...Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_MODE`, 'for sealgraph start alone'])),
};

it('every setting there is reaches the services that read it', () => {
  const image = readDockerfile().environment;
  const groups = describeSettings(subgraphs);
  const variables = groups.flatMap(({ settings }) => settings.map(({ variable }) => variable));
  const services = startedServices(
    Object.fromEntries([...variables, ...OF_COMPOSE].map((name) => [name, `the ${name}`])),
  );
  for (const { title, settings } of groups)
    for (const { variable } of settings) {
      const reason = OF_NOBODY[variable];
      if (reason === 'the image says it') assert.ok(variable in image, variable);
      if (reason !== undefined) continue;
      const readers = READERS_OF[variable] ?? READERS[title];
      assert.ok(readers, `Who reads ${variable}?`);
      for (const reader of readers) {
        // Some are called otherwise outside, because services differ in them.
        const value = services.get(reader)?.environment[variable] ?? '';
        const ending = variable.replace(/^SEALGRAPH/, '');
        assert.ok(value.startsWith('the ') && value.endsWith(ending), `${variable} of ${reader}`);
      }
    }
});

it('a secret of callers or of the gateway reaches nobody but those who need it', () => {
  const services = startedServices();
  const holders = (variable: string) =>
    [...services].filter(([, { environment }]) => variable in environment).map(([name]) => name);
  assert.deepEqual(holders('JWT_SECRET'), ['gateway']);
  assert.deepEqual(holders('GATEWAY_SECRET').toSorted(), ['gateway', ...names].toSorted());
  assert.deepEqual(holders('VAULT_KEYS').toSorted(), callers.toSorted());
});

it('every provider is a service and a simulator of its own', () => {
  const services = startedServices();
  for (const name of names) {
    assert.deepEqual(services.get(name)?.command, ['subgraph', name]);
    assert.deepEqual(services.get(`simulator-${name}`)?.command.slice(0, 2), ['simulator', name]);
    assert.ok(services.get('gateway')?.environment[`${name.toUpperCase()}_SUBGRAPH_URL`]);
  }
});

it('every image is pinned, every service has limits of memory, processors and logs, and the balancer alone has ports of this machine', () => {
  const { services } = composeFile.parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
  for (const [name, service] of Object.entries(services)) {
    assert.match(service.image, /^sealgraph$|:v?\d+\.\d+\.\d+/, name);
    for (const limit of ['mem_limit', 'cpus', 'logging'] as const)
      assert.ok(service[limit], `${limit} of ${name}`);
    assert.ok(service.logging.options['max-size'] && service.logging.options['max-file'], name);
    assert.equal(service.ports.length > 0, ['balancer', 'grafana'].includes(name), name);
  }
});

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      mem_limit: z.string().optional(),
      cpus: z.number().optional(),
      logging: z.object({ options: z.record(z.string(), z.string()) }),
      ports: z.array(z.string()).default([]),
    }),
  ),
});
