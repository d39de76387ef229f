import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const composeFile = z.object({ services: z.record(z.string(), z.unknown()) });

/** What a registered provider lacks beside its code, one sentence each. @param root of the project. */
export function missingParts(provider: string, root = '.'): string[] {
  const has = (folder: string, ending: string): boolean =>
    existsSync(join(root, folder)) && readdirSync(join(root, folder)).some((name) => name.endsWith(ending));
  const { services } = composeFile.parse(
    parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }),
  );
  const parts: [string, boolean][] = [
    [`example operations in schema/operations/${provider}`, has(`schema/operations/${provider}`, '.graphql')],
    [`a contract test in test/contract/${provider}`, has(`test/contract/${provider}`, '.test.ts')],
    [`a page docs/${provider}.md`, existsSync(join(root, `docs/${provider}.md`))],
    [`a service ${provider} in docker-compose.yml`, provider in services],
    [`a service simulator-${provider} in docker-compose.yml`, `simulator-${provider}` in services],
  ];
  return parts.filter(([, isThere]) => !isThere).map(([part]) => `${provider} lacks ${part}`);
}
