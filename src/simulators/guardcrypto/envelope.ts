import { stringify } from 'lossless-json';
import type { HttpAnswer } from '../kit/answer.js';
import type { SimulatorKit } from '../kit/simulate.js';
import { categoryNumber, ERRORS } from './assumptions.js';
import type { GuardError } from './guard-error.js';

/** Spellings a real server may choose; a client must take them all. */
export interface WireForm {
  /** Key ids in JSON: numbers of full precision, or decimal text. */
  keyIds: 'number' | 'text';
  /** `categories` of an error: one word, or a list of words. */
  categories: 'text' | 'list';
}

/** Writes JSON answers. */
export class Envelope {
  readonly form: WireForm = { keyIds: 'number', categories: 'text' };
  #errors = 0;

  /** First half of the error ids, in seconds: they are unique in one run of a server. */
  #startedAt: number | undefined;

  constructor(private readonly clock: SimulatorKit['clock']) {}

  /** An answer without a wrapper. */
  bare(value: unknown): HttpAnswer {
    const ids = this.form.keyIds;
    const text = stringify(value, (_key, field: unknown) =>
      typeof field === 'bigint' && ids === 'text' ? field.toString() : field,
    );
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: text ?? '',
    };
  }

  data(data: unknown): HttpAnswer {
    return this.bare({ data });
  }

  /** Logical failures are status 200 too. */
  error({ error, params }: GuardError): HttpAnswer {
    const { code, category, text, description } = ERRORS[error];
    return this.bare({
      error: text,
      error_params: params,
      categories: this.form.categories === 'list' ? [category] : category,
      category: categoryNumber(error),
      code,
      error_id: `${(this.#startedAt ??= Math.floor(this.clock.now() / 1000))}-${++this.#errors}`,
      error_desc: [description, ...params].join(' '),
    });
  }
}
