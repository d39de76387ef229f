import { ASSUMED } from '../assumptions.js';
import { malformed } from './refusal.js';

/** Reads the filters of a list; a wrong one is named by the refusal it throws. */
export class ListQuery {
  constructor(private readonly query: URLSearchParams) {}

  /** Comma-joined or repeated values, lower case; undefined when nothing is asked for. */
  texts(name: string): readonly string[] | undefined {
    const values = this.query
      .getAll(name)
      .flatMap((value) => value.split(','))
      .map((value) => value.trim().toLowerCase())
      .filter((value) => value !== '');
    return values.length === 0 ? undefined : values;
  }

  numbers(name: string): readonly number[] | undefined {
    return this.texts(name)?.map((value) => this.#number(name, value));
  }

  /** @param fallback when nothing is asked for. */
  number(name: string, fallback: number): number {
    const value = this.query.get(name) ?? '';
    return value === '' ? fallback : this.#number(name, value);
  }

  /** A regular expression, by default one that everything fits. */
  pattern(name: string, flags = ''): RegExp {
    try {
      return new RegExp(this.query.get(name) ?? '', flags);
    } catch {
      throw malformed(`${name} is not a regular expression`);
    }
  }

  /** The page asked for, counted from 0. */
  page<Item>(items: readonly Item[]): Item[] {
    const limit = this.number('limit', ASSUMED.pageSize);
    const from = this.number('page', 0) * limit;
    return items.slice(from, from + limit);
  }

  /** Whether a time in milliseconds lies from `from` to `to`, both included. */
  within(): (at: number) => boolean {
    const from = this.number('from', 0);
    const to = this.number('to', Infinity);
    return (at) => from <= at && at <= to;
  }

  #number(name: string, value: string): number {
    if (!/^\d{1,16}$/.test(value)) throw malformed(`${name} is not a number`);
    return Number(value);
  }
}
