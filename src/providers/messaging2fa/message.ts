/** Wire values of the message type (dossier 3.5). */
export const MESSAGE_TYPES = ['authorization', 'message', 'esign'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** What the sender asks for (dossier 3.2). */
export interface OutgoingMessage {
  readonly recipients: readonly string[];
  readonly subject: string | null;
  readonly body: string | null;
  /** Seconds during which the phones can fetch it. */
  readonly availabilitySeconds: number;
  readonly type: MessageType;
}

/** What the provider says of a message (dossier 3.3). */
export interface MessageSession {
  readonly messageId: string;
  /** Milliseconds since the epoch; null where it could not be understood. */
  readonly expiresAt: number | null;
  readonly recipients: readonly { readonly userId: string; readonly status: string }[];
  /** Short code shown on the phone too, for comparing; not a credential. */
  readonly secureId: string | null;
}
