import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';

const { statuses } = ASSUMED;

/** The provider's no: an HTTP status and one sentence (dossier section 4). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason);
  }

  answer(): HttpAnswer {
    return jsonAnswer(this.status, { status: this.message });
  }
}

/** @param reason a sentence without the word "status", on which published clients stumble. */
export function malformed(reason: string): Refusal {
  return new Refusal(statuses.malformed, reason);
}

export function unauthorized(reason = 'Unauthorized'): Refusal {
  return new Refusal(statuses.unauthorized, reason);
}

export function forbidden(reason = 'Forbidden'): Refusal {
  return new Refusal(statuses.forbidden, reason);
}

export function notFound(reason: string): Refusal {
  return new Refusal(statuses.unknownPath, reason);
}

export function badApiKey(): Refusal {
  return new Refusal(401, 'Failed to locate API key');
}

export function badPacket(): Refusal {
  return new Refusal(statuses.badPacket, 'The submitted packet is not valid');
}

export function keyGone(): Refusal {
  return new Refusal(statuses.keyGone, 'The key could not be found');
}

export function keyExpired(): Refusal {
  return new Refusal(statuses.keyExpired, 'The key has expired');
}
