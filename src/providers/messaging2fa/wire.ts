import { z } from 'zod';

/** Answer to send, track and cancel (dossier 3.3). */
export const sessionInfo = z.object({
  messageId: z.string().min(1),
  // Zone and fraction digits vary (doubt D11).
  expirationDate: z.iso.datetime({ offset: true }),
  recipients: z.array(z.object({ userId: z.string(), status: z.string() })),
  secureId: z.string().nullish(),
});

/** Body of status 420 (dossier 3.8); the code has been seen as a number. */
export const businessError = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  message: z.string().nullish(),
});
