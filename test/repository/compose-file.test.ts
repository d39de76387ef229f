import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
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
  // Where the gateway is published on the host; the comment beside it says so.
  explained.add('GATEWAY_PUBLISH');
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
