import { z } from 'zod';
import { MESSAGE_TYPES } from './message.js';

const MAX_SUBJECT_LENGTH = 254;
const MAX_BODY_LENGTH = 4094;
// Later moments have no ISO 8601 form of the usual length.
const MAX_AVAILABILITY_S = 100 * 365 * 24 * 60 * 60;

/** Body of a send (dossier section 3.2): unknown keys are ignored, texts may be null, empty or absent. */
export const sendRequestSchema = z.object({
  recipients: z.array(z.string().min(1), 'must be a list of user ids').min(1, 'must not be empty'),
  subject: text(MAX_SUBJECT_LENGTH),
  body: text(MAX_BODY_LENGTH),
  /** Seconds. */
  availability: z
    .int('must be a positive integer')
    .min(1, 'must be a positive integer')
    .max(MAX_AVAILABILITY_S, 'is too long'),
  type: z.enum(MESSAGE_TYPES, `must be one of ${MESSAGE_TYPES.join(', ')}`),
  callbackUrl: z.string('must be a text').nullish(),
});

export type SendRequest = z.infer<typeof sendRequestSchema>;

/** The first broken rule in the words of an answer. */
export function describeMistake({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return 'malformed input';
  const field = issue.path[0];
  return field === undefined ? 'the body must be a JSON object' : `${String(field)} ${issue.message}`;
}

// Characters are counted as code points, so that one emoji is one.
function text(maxLength: number) {
  return z
    .string('must be a text')
    .refine((value) => [...value].length <= maxLength, `must have at most ${maxLength} characters`)
    .nullish();
}
