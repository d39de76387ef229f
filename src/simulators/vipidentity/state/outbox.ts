/** A text message or a call, as the phone gets it. */
export interface SentMessage {
  readonly channel: 'SMS' | 'VOICE';
  readonly phoneNumber: string;
  readonly code: string;
  /** What it is for. */
  readonly purpose: 'register' | 'sendOtp' | 'temporaryPassword';
  /** What the person reads or hears before the code. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

const KEPT = 200;

/** The newest 200 messages to phones. */
export class Outbox {
  #messages: SentMessage[] = [];

  send(message: SentMessage): void {
    this.#messages = [...this.#messages, message].slice(-KEPT);
  }

  /** Newest first. */
  newest(): SentMessage[] {
    return [...this.#messages].reverse();
  }
}
