import { z } from 'zod';
import { STATUSES } from './statuses.js';

/** The three kinds of message. */
export const MESSAGE_TYPES = ['authorization', 'message', 'esign'] as const;

export type MessageType = (typeof MESSAGE_TYPES)[number];

/** One requested recipient. Its status follows from its id and the time, unless it was set from outside. */
const recipientSchema = z.object({
  userId: z.string(),
  /** Set by a cancel or through the control interface; from then on the id no longer decides. */
  set: z.enum(STATUSES).optional(),
});

/** All that answers on the wire need; it is also one line of the file that outlives the process. */
export const messageSchema = z.object({
  messageId: z.string(),
  secureId: z.string(),
  /** Identity of the application that sent it. */
  application: z.string(),
  type: z.enum(MESSAGE_TYPES),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
  /** Milliseconds per step when it was sent; kept, so that a later start with other steps does not turn it back. */
  stepMs: z.number(),
  recipients: z.array(recipientSchema),
});

export type Message = z.infer<typeof messageSchema>;
export type Recipient = z.infer<typeof recipientSchema>;
