import { z } from 'zod';
import { readable } from '../kit/odd-parts.js';
import type { MessageSession } from './message.js';
import { nameKey } from '../../same-name.js';

/** Answer to send, track and cancel (dossier 3.3). */
export const sessionInfo = z
  .object({
    messageId: z.string().min(1),
    // Zone and fraction digits vary (doubt D11). An odd one hides no answer of the people who were asked.
    expirationDate: z.iso.datetime({ offset: true }).optional(),
    // Whom nothing names has approved nothing; but of whoever is named it must say how they stand.
    recipients: readable(z.object({ userId: z.string().min(1), status: z.unknown().optional() }))
      .transform(standings)
      .refine(saysOneThingOfEach, 'must not say two things of one person'),
    secureId: z.string().nullish(),
  })
  .transform(({ messageId, expirationDate, recipients, secureId }): MessageSession => ({
    messageId,
    expiresAt: expirationDate === undefined ? null : Date.parse(expirationDate),
    recipients,
    secureId: secureId ?? null,
  }));

const standing = z.array(z.object({ userId: z.string(), status: z.string().min(1) }));

function standings(named: readonly unknown[], context: z.RefinementCtx): z.output<typeof standing> {
  const { success, data } = standing.safeParse(named);
  if (success) return data;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
}

/** Whoever is said to have approved and to have not has approved nothing. */
function saysOneThingOfEach(recipients: readonly { userId: string; status: string }[]): boolean {
  const said = new Map(recipients.map(({ userId, status }) => [nameKey(userId), status]));
  return recipients.every(({ userId, status }) => said.get(nameKey(userId)) === status);
}

/** Body of status 420 (dossier 3.8); the code has been seen as a number. Anything else than a word could be text. */
export const businessError = z.object({
  code: z.union([z.string().regex(/^\w{1,64}$/), z.number()]).transform(String),
});
