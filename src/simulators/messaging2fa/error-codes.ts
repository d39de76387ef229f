import { jsonAnswer, type HttpAnswer } from '../kit/answer.js';

/** Texts of the business errors the simulator gives by itself (dossier section 4). */
const MESSAGES = {
  MALFORMED_INPUT: 'The request is not well formed or has invalid values.',
  UNSUPPORTED_API_VERSION: 'The API version is not supported.',
  CERTIFICATE_REVOKED: 'The client certificate has been revoked.',
  FORBIDDEN: 'The certificate is not allowed to use this operation.',
  INVALID_SESSION_ID: 'There is no such message.',
  ALREADY_COMPLETED: 'The message is already completed.',
} as const;

export type ErrorCode = keyof typeof MESSAGES;

/** Status 420 with the code and a text, by default the usual one. */
export function businessError(code: ErrorCode, message: string = MESSAGES[code]): HttpAnswer {
  return anyBusinessError(code, message);
}

/** Status 420 with whatever code a test asks for. */
export function anyBusinessError(code: string, message: string): HttpAnswer {
  return jsonAnswer(420, { code, message });
}
