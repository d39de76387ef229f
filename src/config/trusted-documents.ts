import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { readConfiguredFile } from './read-file.js';

/** One registered operation, with the fragments it uses. */
export interface TrustedDocument {
  /** SHA-256 of `body` as hexadecimal digits, unless another tool made the manifest. */
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

/** What Apollo's tools write and `sealgraph documents` does. */
export const documentManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().min(1),
      body: z.string().min(1),
      type: z.enum(['query', 'mutation', 'subscription']),
    }),
  ),
});

export type DocumentManifest = z.infer<typeof documentManifest>;

/**
 * The registered operations of the manifest that the setting names.
 * @throws ConfigError
 */
export function readTrustedDocuments(path: string): readonly TrustedDocument[] {
  const text = readConfiguredFile('TRUSTED_DOCUMENTS', path);
  const parsed = documentManifest.safeParse(parseJson(text));
  if (!parsed.success)
    throw new ConfigError(
      'TRUSTED_DOCUMENTS',
      'names a file that is no manifest: make one with `sealgraph documents`.',
    );
  return parsed.data.operations;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
