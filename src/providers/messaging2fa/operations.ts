import { json } from '../kit/answer.js';
import type { Operations } from '../kit/rest.js';
import { sessionInfo } from './wire.js';

const answer = json(sessionInfo);

/** The messaging API (dossier section 2.1). */
export const OPERATIONS = {
  send: { call: 'POST /frontend/messages', answer },
  track: { call: 'GET /frontend/messages/:id', answer },
  cancel: { call: 'DELETE /frontend/messages/:id', answer },
} as const satisfies Operations;
