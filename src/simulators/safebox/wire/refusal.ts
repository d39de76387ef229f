import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { text, type Locale, type TextKey } from '../texts.js';

type Say = (key: TextKey, value?: string) => string;

/** The provider's no: a status and a body in the language of the request (dossier section 4.1). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    private readonly status: number,
    private readonly body: (say: Say) => unknown,
  ) {
    super(`refused with status ${status}`);
  }

  answer(locale: Locale): HttpAnswer {
    return jsonAnswer(
      this.status,
      this.body((key, value) => text(locale, key, value)),
    );
  }
}

export function unauthenticated(): Refusal {
  return new Refusal(ASSUMED.badTokenStatus, (say) => ({ message: say('accessDenied') }));
}

export function accessDenied(): Refusal {
  return new Refusal(403, (say) => ({ message: say('accessDenied') }));
}

export function notFound(): Refusal {
  return new Refusal(404, (say) => ({ message: say('notFound') }));
}

/** A state change that is not possible. */
export function failed(key: TextKey): Refusal {
  return new Refusal(400, (say) => ({ result: false, message: say(key) }));
}

/** @param value what stands for `{value}` in the sentence. */
export function badParameter(key: TextKey, value = ''): Refusal {
  return new Refusal(400, (say) => ({ error: say(key, value) }));
}

/** Which entered values are wrong, and how. */
export type Mistakes = Readonly<Record<string, readonly TextKey[]>>;

export function incorrect(mistakes: Mistakes): Refusal {
  return new Refusal(400, (say) => ({
    error: say('incorrect'),
    attributes: Object.fromEntries(
      Object.entries(mistakes).map(([attribute, keys]) => [attribute, keys.map((key) => say(key))]),
    ),
  }));
}
