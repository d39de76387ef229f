import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { answering, jsonAnswer, type Answer } from './answer.js';
import { BodyTooLarge, parseJson, readBody } from './body.js';
import { listen, type Listener } from './listener.js';
import { parseTarget } from './router.js';

/** The caller of a control function asked for something that cannot be done; `message` says why. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** One verb of a control interface: checks the body and carries it out. Made by `verb()`. */
export interface Verb {
  readonly input: z.ZodType;
  run(body: unknown): unknown;
}

/** @param input what the JSON body must be; @param run what happens; its result is the answer, nothing is `null`. */
export function verb<Schema extends z.ZodType>(
  input: Schema,
  run: (input: z.output<Schema>) => unknown,
): Verb {
  return { input, run: (body) => run(input.parse(body)) };
}

export interface ControlInterface {
  /** `POST /<name>` with a JSON body. */
  readonly verbs: Readonly<Record<string, Verb>>;
  /** `GET /<name>`. */
  readonly nouns: Readonly<Record<string, () => unknown>>;
}

/** Serves a control interface on a free port of 127.0.0.1; `GET /` describes it. For programs and people, not for web pages. */
export function startControl(control: ControlInterface): Promise<Listener> {
  return listen({ handler: answering((request) => answerControl(control, request)) });
}

async function answerControl(control: ControlInterface, request: IncomingMessage): Promise<Answer> {
  if (isFromWebPage(request)) return failure(403, 'not for web pages');
  const name = parseTarget(request.url).path.slice(1);
  if (request.method === 'GET') {
    if (name === '') return jsonAnswer(200, describe(control));
    const noun = own(control.nouns, name);
    return noun === undefined ? failure(404, 'unknown noun') : perform(noun);
  }
  if (request.method !== 'POST') return failure(405, 'use GET or POST');
  const found = own(control.verbs, name);
  if (found === undefined) return failure(404, 'unknown verb');
  return perform(async () => {
    const text = (await readBody(request)).toString('utf8');
    return found.run(text === '' ? {} : parseJson(text));
  });
}

async function perform(run: () => unknown): Promise<Answer> {
  try {
    return jsonAnswer(200, (await run()) ?? null);
  } catch (error) {
    if (error instanceof z.ZodError) return failure(400, z.prettifyError(error));
    if (error instanceof ControlError) return failure(400, error.message);
    if (error instanceof BodyTooLarge) return failure(413, error.message);
    throw error;
  }
}

// A page on the web can make a browser on this machine send requests here: those carry an origin, are marked
// cross-site, or, when a foreign name was pointed at this address, name that host.
function isFromWebPage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return (
    request.headers.origin !== undefined ||
    (site !== undefined && site !== 'none') ||
    !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')
  );
}

function describe({ verbs, nouns }: ControlInterface): unknown {
  return {
    get: Object.keys(nouns).map((name) => `/${name}`),
    post: Object.fromEntries(
      Object.entries(verbs).map(([name, { input }]) => [`/${name}`, z.toJSONSchema(input, { io: 'input' })]),
    ),
  };
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function failure(status: number, message: string): Answer {
  return jsonAnswer(status, { error: message });
}
