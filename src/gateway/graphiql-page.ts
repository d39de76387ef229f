import { readPage } from './assets.js';
import { embedJson } from './embed-json.js';
import type { Example } from './example.js';

const MAX_TABS = 12;

/** GraphiQL, opened with the first examples; those know by name which other examples answer what they need. */
export function renderGraphiqlPage(examples: readonly Example[]): string {
  return readPage('graphiql').replace('{{examples}}', () => embedJson(examples.slice(0, MAX_TABS)));
}
