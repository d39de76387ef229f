import { parseArgs } from 'node:util';
import { release, ReleaseError } from './release/release.js';

// npm run release -- 1.2.3: the commit and the tag of a version. Publishing is `npm publish dist/package`, by a person.
const { positionals } = parseArgs({ allowPositionals: true });
try {
  const tag = await release({
    root: '.',
    version: positionals[0] ?? '',
    date: new Date().toISOString().slice(0, 10),
  });
  console.log(
    `${tag} is tagged: \`git push --follow-tags\`, \`npm run package\` and \`npm publish dist/package\` send it out.`,
  );
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
