import { z } from 'zod';
import type { SimulatorDescription } from '../../src/simulators/kit/simulator.js';
import { WRITTEN } from './written.js';

const inputShape = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

/** docs/simulators/<name>.md: what a simulator stands for, what it answers, and how it is moved. */
export function renderSimulator({ name, about, operations, verbs, nouns }: SimulatorDescription): string {
  return `# Simulator ${name}

${WRITTEN}

${about}

## What it can be told

\`sealgraph simulate ${name} <verb> '<json>'\` while the sandbox runs, or \`POST /<verb>\` on its control interface.

| verb | takes | what happens |
| --- | --- | --- |
${verbs.map((verb) => `| \`${verb.name}\` | ${fieldsOf(verb.input)} | ${cell(verb.description)} |`).join('\n')}

## What it shows

\`sealgraph simulate ${name} <noun>\`, or \`GET /<noun>\`.

| noun | what it is |
| --- | --- |
${nouns.map((noun) => `| \`${noun.name}\` | ${cell(noun.description)} |`).join('\n')}

## What clients can ask for

These names are also what \`injectFault\` and \`calls\` go by.

| operation | method | path |
| --- | --- | --- |
${operations.map((operation) => `| \`${operation.name}\` | ${operation.method} | \`${operation.path}\` |`).join('\n')}
`;
}

/** docs/simulators.md: which there are. */
export function renderSimulators(descriptions: readonly SimulatorDescription[]): string {
  return `# Simulators

${WRITTEN}

In sandbox mode every provider is simulated: stateful stand-ins that speak each provider's own protocol. What people do
on their phones, what time does, and what goes wrong is said through a control interface on loopback: by hand with
\`sealgraph simulate\`, by \`curl\`, by a test, or in the console at \`/\`.

\`\`\`sh
npm run sealgraph -- simulate messaging2fa messages
npm run sealgraph -- simulate safebox advanceClock '{"ms":604800000}'
npm run sealgraph -- simulate xqkeys injectFault '{"status":503,"count":5}'
\`\`\`

\`SIMULATORS_PORT\` gives them fixed ports; otherwise \`npm start\` prints those they took.

What shall be there from the start stands in a file of the same verbs, in their order, and is planted once:
\`npm start -- --seed examples/seed.json\`. \`--fresh\` begins anew.

${descriptions.map(({ name, verbs, nouns }) => `- [${name}](simulators/${name}.md): ${verbs.length} verbs, ${nouns.length} nouns`).join('\n')}
`;
}

function fieldsOf(input: object): string {
  const { properties, required } = inputShape.parse(input);
  const names = Object.keys(properties).map((name) => `\`${name}\`${required.includes(name) ? '' : '?'}`);
  return names.join(', ') || 'nothing';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
