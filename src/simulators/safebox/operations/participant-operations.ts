import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import type { Box } from '../state/box.js';
import { addGuest, changeGuest, findGuestByEmail } from '../state/guests.js';
import { guestJson } from '../wire/people-json.js';
import { participantCreation, participantUpdate } from '../wire/people-requests.js';
import { failed, incorrect } from '../wire/refusal.js';
import { readRequest } from '../wire/request-body.js';
import { guestOf, ownBox } from './access.js';
import type { ApiCall, Operations } from './call.js';

const PARTICIPANTS = '/api/v2/safeboxes/:guid/participants';

/** Who takes part; nobody can be removed, only locked out. */
export const PARTICIPANT_OPERATIONS: Operations<ApiCall> = {
  createParticipant: [`POST ${PARTICIPANTS}`, create],
  updateParticipant: [`PATCH ${PARTICIPANTS}/:participant`, update],
};

async function create(call: ApiCall): Promise<HttpAnswer> {
  const box = openBox(call);
  const { participant } = await readRequest(call.request, participantCreation);
  if (findGuestByEmail(box, participant.email) !== undefined) throw incorrect({ email: ['taken'] });
  return jsonAnswer(200, guestJson(box, addGuest(call.service, box, participant)));
}

async function update(call: ApiCall): Promise<HttpAnswer> {
  const box = openBox(call);
  const guest = guestOf(call, box);
  const { participant } = await readRequest(call.request, participantUpdate);
  const namesake = participant.email === undefined ? undefined : findGuestByEmail(box, participant.email);
  if (namesake !== undefined && namesake !== guest) throw incorrect({ email: ['taken'] });
  changeGuest(call.service, box, guest, participant);
  return jsonAnswer(200, guestJson(box, guest));
}

function openBox(call: ApiCall): Box {
  const box = ownBox(call);
  if (box.status !== 'in_progress') throw failed('updateFailed');
  return box;
}
