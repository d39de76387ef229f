import type { IncomingMessage } from 'node:http';
import { Busboy } from '@fastify/busboy';
import { z } from 'zod';
import { parseJson } from '../../kit/body.js';
import { readWhole } from './request-body.js';

const jsonFields = z.record(z.string(), z.unknown());

/**
 * The text fields of a body in any of the three encodings published clients use: JSON, a form, or a multipart form.
 * Fields that are empty or no text are left out. @throws Refusal when it is too large
 */
export async function readFields(request: IncomingMessage): Promise<ReadonlyMap<string, string>> {
  const type = request.headers['content-type'] ?? '';
  const body = await readWhole(request);
  const entries = /^multipart\/form-data/i.test(type)
    ? await multipartFields(type, body)
    : /^application\/x-www-form-urlencoded/i.test(type)
      ? [...new URLSearchParams(body.toString('utf8'))]
      : jsonEntries(body);
  return new Map(entries.filter(([, value]) => value !== ''));
}

function jsonEntries(body: Buffer): [string, string][] {
  const parsed = jsonFields.safeParse(parseJson(body.toString('utf8')));
  return Object.entries(parsed.data ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
}

function multipartFields(type: string, body: Buffer): Promise<[string, string][]> {
  return new Promise((resolve) => {
    const fields: [string, string][] = [];
    const parser = new Busboy({ headers: { 'content-type': type } });
    parser.on('field', (name, value) => fields.push([name, value]));
    parser.once('finish', () => resolve(fields));
    parser.once('error', () => resolve([]));
    parser.end(body);
  });
}
