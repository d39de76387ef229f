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

/** Something a control interface can be told to do. It is the function itself; what it takes is checked. */
export type Verb<Schema extends z.ZodType = z.ZodType, Result = unknown> = ((
  ...input: Record<string, never> extends z.input<Schema>
    ? [input?: z.input<Schema>]
    : [input: z.input<Schema>]
) => Result) &
  VerbDescription & {
    /** The same for whatever came over the wire. @throws z.ZodError */
    run(body: unknown): Result;
  };

interface VerbDescription {
  /** What happens, in a sentence or two. */
  readonly description: string;
  readonly input: z.ZodType;
}

/** Something a control interface can show. */
export type Noun<Result = unknown> = (() => Result) & { readonly description: string };

export type Verbs = Readonly<Record<string, VerbDescription & { run(body: unknown): unknown }>>;
export type Nouns = Readonly<Record<string, Noun>>;

/** Takes nothing. */
export const nothing = z.strictObject({});

/** @param input what it takes; @param description for people; @param act its result is the answer, nothing is `null`. */
export function does<Schema extends z.ZodType, Result>(
  input: Schema,
  description: string,
  act: (input: z.output<Schema>) => Result,
): Verb<Schema, Result> {
  const run = (body: unknown = {}): Result => act(input.parse(body));
  return Object.assign((...[body]: [body?: unknown]) => run(body), { description, input, run });
}

/** @param description for people; @param show what the answer is. */
export function shows<Result>(description: string, show: () => Result): Noun<Result> {
  return Object.assign(() => show(), { description });
}

export interface ControlInterface {
  /** `POST /<name>` with a JSON body. */
  readonly verbs: Verbs;
  /** `GET /<name>`. */
  readonly nouns: Nouns;
}

/** What a verb takes, as a JSON Schema with its description. */
export function inputSchema({ input, description }: VerbDescription) {
  return { description, ...z.toJSONSchema(input, { io: 'input' }) };
}

/** Serves a control interface on 127.0.0.1, on a free port unless told otherwise; `GET /` describes it. For programs and people, not for web pages. */
export function startControl(control: ControlInterface, port = 0): Promise<Listener> {
  return listen({ port, handler: answering((request) => answerControl(control, request)) });
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
    const input = text === '' ? {} : parseJson(text);
    if (input === undefined) throw new ControlError('what it is given is not JSON');
    return found.run(input);
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
    post: Object.fromEntries(Object.entries(verbs).map(([name, verb]) => [`/${name}`, inputSchema(verb)])),
  };
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function failure(status: number, message: string): Answer {
  return jsonAnswer(status, { error: message });
}
