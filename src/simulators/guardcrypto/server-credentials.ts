import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../kit/body.js';
import { notOfSimulator } from '../kit/simulator-file-error.js';

const credentialsSchema = z.object({
  restUser: z.string(),
  restPassword: z.string(),
  supportUser: z.string(),
  supportPassword: z.string(),
});

/** User and password of the two planes that servers call. */
export type ServerCredentials = z.infer<typeof credentialsSchema>;

/** Those in `dir`, which must exist; made once, for clients are told of them before there is a world. */
export function keepServerCredentials(dir: string): ServerCredentials {
  const path = join(dir, 'credentials.json');
  if (existsSync(path)) {
    const { data } = credentialsSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
    if (data === undefined) throw notOfSimulator(path);
    return data;
  }
  const secret = (): string => randomBytes(18).toString('base64url');
  const credentials = {
    restUser: 'guard-rest',
    restPassword: secret(),
    supportUser: 'guard-support',
    supportPassword: secret(),
  };
  writeFileSync(path, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}
