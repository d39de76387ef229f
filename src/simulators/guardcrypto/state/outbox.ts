/** A mail the server sends by itself. The simulator keeps it instead. */
export interface SentMail {
  readonly to: string;
  readonly kind: 'passwordReset' | 'newKey' | 'guestReset' | 'newGuest';
  /** The generated password; for a guest the reset id, or the item id of the invitation. */
  readonly secret: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

const KEPT_MAILS = 200;

/** The newest 200 mails, in memory alone. */
export class Outbox {
  #mails: SentMail[] = [];

  send(mail: SentMail): void {
    this.#mails = [...this.#mails, mail].slice(-KEPT_MAILS);
  }

  list(): readonly SentMail[] {
    return this.#mails;
  }
}
