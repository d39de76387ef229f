import { z } from 'zod';
import type { SimulatorDescription } from '../simulators/kit/simulator.js';

const inputSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ enum: z.array(z.unknown()).optional() })).default({}),
  required: z.array(z.string()).default([]),
});

/** What a simulator is, what it can be asked for and how it is moved, as text for a terminal. */
export function describeInWords({ name, about, operations, verbs, nouns }: SimulatorDescription): string {
  const width = Math.max(...operations.map((operation) => operation.name.length)) + 2;
  return [
    `The simulator of ${name}`,
    '',
    about,
    '',
    'operations, by the names that faults and counters use:',
    ...operations.map(
      (operation) => `  ${operation.name.padEnd(width)}${operation.method} ${operation.path}`,
    ),
    '',
    'what it can be told, POST <control URL>/<name> with a JSON body:',
    ...verbs.flatMap((verb) => [`  ${verb.name}${fieldsOf(verb.input)}`, `      ${verb.description}`]),
    '',
    'what it shows, GET <control URL>/<name>:',
    ...nouns.flatMap((noun) => [`  ${noun.name}`, `      ${noun.description}`]),
    '',
  ].join('\n');
}

/** The fields of a body: `{ messageId, status: SEEN|DENIED, note? }`. */
function fieldsOf(input: object): string {
  const { properties, required } = inputSchema.parse(input);
  const fields = Object.entries(properties).map(([field, { enum: values }]) => {
    const choice = values === undefined ? '' : `: ${values.join('|')}`;
    return `${field}${required.includes(field) ? '' : '?'}${choice}`;
  });
  return fields.length === 0 ? '' : ` { ${fields.join(', ')} }`;
}
