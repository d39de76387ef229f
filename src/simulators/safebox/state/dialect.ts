import { z } from 'zod';

/** Where published clients and their fixtures disagree on what the provider says (dossier section 8). */
export const dialectSchema = z.strictObject({
  /** Links between the pages of a list. */
  pageUrls: z.enum(['relative', 'absolute']).default('relative'),
  /** Whether discovered URLs end in a slash. */
  trailingSlash: z.boolean().default(true),
  /** Status of a sign-in with wrong credentials or without the one-time password. */
  badCredentialsStatus: z.union([z.literal(401), z.literal(400)]).default(401),
  /** Without it `recipients/autocomplete` is not found, as on older servers. */
  recipientsPath: z.boolean().default(true),
  /** Whether `safeboxes/new` still gives the deprecated `upload_url`. */
  uploadUrlOnNew: z.boolean().default(true),
  /** Message ids and the owner's participant id as decimal strings instead of numbers. */
  idsAsText: z.boolean().default(false),
});

export type Dialect = z.output<typeof dialectSchema>;
