import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { parseJson, readBody } from '../kit/body.js';
import { GuardError } from './guard-error.js';
import { readMultipart, type FormPart } from './multipart.js';

// Mails come whole, attachments included.
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** What a request brings: parameters from its query and, for POST, its form body; files; a JSON body. */
export class Parameters {
  constructor(
    private readonly query: URLSearchParams,
    private readonly form: URLSearchParams,
    private readonly parts: readonly FormPart[],
    private readonly body: unknown,
  ) {}

  /** A parameter as text, wherever the server looks for it. */
  find(name: string): string | undefined {
    const part = this.parts.find((candidate) => candidate.name === name);
    return this.query.get(name) ?? this.form.get(name) ?? part?.bytes.toString('utf8');
  }

  /** @throws GuardError when it is missing or empty. */
  text(name: string): string {
    const value = this.find(name);
    if (value === undefined || value === '') throw new GuardError('missingParameter', [name]);
    return value;
  }

  /** @throws GuardError when it is neither missing nor one of the two words. */
  flag(name: string, missing = false): boolean {
    const value = this.find(name);
    if (value === undefined || value === '') return missing;
    if (value !== 'true' && value !== 'false') throw new GuardError('missingParameter', [name]);
    return value === 'true';
  }

  /** @throws GuardError when it is missing or not a whole number. */
  integer(name: string): number {
    const value = this.text(name);
    if (!/^-?\d{1,10}$/.test(value)) throw new GuardError('missingParameter', [name]);
    return Number(value);
  }

  /** @throws GuardError when it is neither missing nor one of the choices. */
  oneOf<Choice extends string>(name: string, choices: readonly Choice[], missing: Choice): Choice {
    const value = this.find(name) ?? missing;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new GuardError('missingParameter', [name]);
    return found;
  }

  /** The bytes of a multipart part of exactly this name. @throws GuardError when there is none. */
  file(name: string): Buffer {
    const part = this.parts.find((candidate) => candidate.name === name);
    if (part === undefined) throw new GuardError('missingParameter', [name]);
    return part.bytes;
  }

  /** The JSON body. @throws GuardError when it is not what the operation takes. */
  json<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    const parsed = schema.safeParse(this.body);
    if (parsed.success) return parsed.data;
    throw new GuardError('missingParameter', [parsed.error.issues[0]?.path.join('.') ?? '']);
  }

  /** Names alone, for tests that look where a client puts its secrets. */
  names(): { query: string[]; body: string[] } {
    const fields = typeof this.body === 'object' && this.body !== null ? Object.keys(this.body) : [];
    const body = [...this.form.keys(), ...this.parts.map(({ name }) => name), ...fields];
    return { query: [...this.query.keys()], body };
  }
}

/** @throws BodyTooLarge */
export async function readParameters(request: IncomingMessage, query: URLSearchParams): Promise<Parameters> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const contentType = request.headers['content-type'] ?? '';
  const none = new URLSearchParams();
  if (/^multipart\/form-data\b/i.test(contentType) && request.method === 'POST')
    return new Parameters(query, none, (await readMultipart(contentType, body)) ?? [], undefined);
  const text = body.toString('utf8');
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType) && request.method === 'POST')
    return new Parameters(query, new URLSearchParams(text), [], undefined);
  return new Parameters(query, none, [], parseJson(text));
}
