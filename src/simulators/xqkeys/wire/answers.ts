import { emptyAnswer, jsonAnswer, textAnswer, type HttpAnswer } from '../../kit/answer.js';

/** A JSON success: published clients look for `"status":"OK"` in it. */
export function ok(fields: Readonly<Record<string, unknown>>): HttpAnswer {
  return jsonAnswer(200, { ...fields, status: 'OK' });
}

/** A bare text without quotes. */
export function text(body: string): HttpAnswer {
  return textAnswer(200, body);
}

export function nothing(): HttpAnswer {
  return emptyAnswer(204);
}
