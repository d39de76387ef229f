import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { subgraphs } from '../../subgraphs/index.js';
import { readComposeFile } from '../e2e/compose/compose-file.js';
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

it('every setting in docker-compose.yml and docker/simulators.env is one that .env.example explains, or is explained there', () => {
  const explained = new Set(readFileSync('.env.example', 'utf8').match(/(?<=^#)\w+(?==)/gm));
  // What Compose itself needs; the comments beside them say so.
  for (const name of ['GATEWAY', 'SAFEBOX', 'GUARDCRYPTO'])
    explained.add(`${name}_PUBLISH`).add(`${name}_PUBLIC_URL`);
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

it('every provider is a service and a simulator of its own, and its settings reach its service and the poller', () => {
  const services = readComposeFile({
    envFile: 'docker/simulators.env',
    variables: { JWT_SECRET: 'x', GATEWAY_SECRET: 'x', VAULT_KEYS: 'x' },
    profiles: ['simulators'],
  });
  for (const { name, settings } of subgraphs) {
    assert.deepEqual(services.get(name)?.command, ['subgraph', name]);
    assert.deepEqual(services.get(`simulator-${name}`)?.command.slice(0, 2), ['simulator', name]);
    assert.ok(services.get('gateway')?.environment[`${name.toUpperCase()}_SUBGRAPH_URL`]);
    for (const service of [name, 'poller'])
      for (const variable of Object.keys(settings))
        assert.ok(variable in (services.get(service)?.environment ?? {}), `${variable} of ${service}`);
  }
});
