import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { createBox } from '../state/create-box.js';
import { addReply } from '../state/replies.js';
import { text } from '../texts.js';
import { committedBoxJson } from '../wire/box-json.js';
import { commitRequest, newFileRequest, replyRequest } from '../wire/box-requests.js';
import { accessDenied, failed, incorrect, Refusal } from '../wire/refusal.js';
import { readRequest } from '../wire/request-body.js';
import { actingUser, ownBox, ownerOf } from './access.js';
import { ipOf, type ApiCall, type Operations } from './call.js';
import { checkCommit } from './check-commit.js';

const BOXES = '/api/v2/safeboxes';

/** How content gets into SafeBoxes: reservation, commit, announced files and replies. */
export const CONTRIBUTION_OPERATIONS: Operations<ApiCall> = {
  initializeSafebox: [`GET ${BOXES}/new`, initialize],
  commitSafebox: [`POST ${BOXES}`, commit],
  newFile: [`POST ${BOXES}/:guid/uploads`, newFile],
  reply: [`POST ${BOXES}/:guid/messages`, reply],
};

function initialize(call: ApiCall): HttpAnswer {
  const { service, caller, query } = call;
  const user = actingUser(caller, query.get('user_email') ?? undefined);
  const { guid, key } = service.reserve(caller.enterprise, user);
  return jsonAnswer(200, {
    guid,
    public_encryption_key: key,
    ...(service.dialect.uploadUrlOnNew ? { upload_url: uploadUrl(call, guid) } : {}),
  });
}

async function commit(call: ApiCall): Promise<HttpAnswer> {
  const { service, caller, addresses } = call;
  const { safebox } = await readRequest(call.request, commitRequest);
  failOnDemand(safebox.subject);
  const box = createBox(service, { ...checkCommit(call, safebox), ip: ipOf(call), at: service.clock.now() });
  return jsonAnswer(200, committedBoxJson(box, caller.enterprise, addresses.server));
}

async function newFile(call: ApiCall): Promise<HttpAnswer> {
  const { service, caller, params } = call;
  const reservation = service.findReservation(params['guid'] ?? '');
  if (reservation === undefined) {
    if (ownBox(call).status !== 'in_progress') throw failed('updateFailed');
  } else if (reservation.enterprise !== caller.enterprise) throw accessDenied();
  else actingUser(caller, reservation.user.email);
  await readRequest(call.request, newFileRequest);
  return jsonAnswer(200, {
    temporary_document_guid: service.hexId(),
    upload_url: uploadUrl(call, params['guid'] ?? ''),
  });
}

async function reply(call: ApiCall): Promise<HttpAnswer> {
  const { service, caller, locale } = call;
  const box = ownBox(call);
  const { safebox } = await readRequest(call.request, replyRequest);
  if (box.status !== 'in_progress' || !box.options.reply_enabled) throw failed('updateFailed');
  if (box.options.consent_group_id !== null && safebox.consent !== true) throw failed('consentNeeded');
  const documents = service.temporary.find(box.guid, safebox.document_ids);
  if (documents === undefined) throw incorrect({ document_ids: ['invalid'] });
  const note = safebox.message === '' ? null : (safebox.message ?? null);
  if (note === null && documents.length === 0) throw incorrect({ message: ['blank'] });
  const author = caller.user ?? ownerOf(caller, box);
  addReply(service, box, { author, note, documents, ip: ipOf(call) });
  return jsonAnswer(200, { result: true, message: text(locale, 'updated') });
}

function uploadUrl({ service, addresses }: ApiCall, guid: string): string {
  const expiresAt = service.clock.now() + ASSUMED.uploadUrlLifetimeMs;
  return `${addresses.files}/xmss/${service.capabilities.grant({ kind: 'upload', guid, expiresAt })}`;
}

// A subject `#error:403` or `#error:500` asks for a failure.
function failOnDemand(subject: string | undefined): void {
  if (subject === '#error:403') throw accessDenied();
  if (subject === '#error:500') throw new Refusal(500, (say) => ({ error: say('unexpectedError') }));
}
