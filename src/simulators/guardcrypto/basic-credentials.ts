import type { HttpAnswer } from '../kit/answer.js';
import { textAnswer } from '../kit/answer.js';
import type { ServerCredentials } from './server-credentials.js';

/** Whether a request carries the credentials of one of the two server planes. */
export function hasCredentials(
  authorization: string | undefined,
  plane: 'rest' | 'support',
  credentials: ServerCredentials,
): boolean {
  const wanted =
    plane === 'rest'
      ? `${credentials.restUser}:${credentials.restPassword}`
      : `${credentials.supportUser}:${credentials.supportPassword}`;
  const [scheme, value = ''] = (authorization ?? '').split(' ', 2);
  return scheme?.toLowerCase() === 'basic' && Buffer.from(value, 'base64').toString('utf8') === wanted;
}

export const UNAUTHORIZED: HttpAnswer = {
  ...textAnswer(401, 'Unauthorized'),
  headers: { 'content-type': 'text/plain; charset=utf-8', 'www-authenticate': 'Basic realm="OX Guard"' },
};
