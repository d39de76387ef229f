import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import type { Box } from '../state/box.js';
import { findUserByEmail } from '../state/directory.js';
import { addTime } from '../state/duration.js';
import { close, deleteContent, type EndedBy } from '../state/lifecycle.js';
import { markBox, markMessage } from '../state/read-marks.js';
import { extend } from '../state/replies.js';
import { text, type TextKey } from '../texts.js';
import { addTimeRequest, archiveRequest } from '../wire/box-requests.js';
import { date } from '../wire/date.js';
import { failed, notFound } from '../wire/refusal.js';
import { readRequest } from '../wire/request-body.js';
import { ownBox, ownerOf, visibleBox } from './access.js';
import { ipOf, type ApiCall, type Handler, type Operations } from './call.js';

const BOX = '/api/v2/safeboxes/:guid';

/** State changes. Their bodies are empty, whatever the client calls them, so they are not read. */
export const BOX_CHANGE_OPERATIONS: Operations<ApiCall> = {
  addTime: [`PATCH ${BOX}/add_time`, prolong],
  closeSafebox: [`PATCH ${BOX}/close`, closeByOwner],
  deleteSafeboxContent: [`PATCH ${BOX}/delete_content`, deleteContentByOwner],
  markAsRead: [`PATCH ${BOX}/mark_as_read`, marking(true)],
  markAsUnread: [`PATCH ${BOX}/mark_as_unread`, marking(false)],
  markMessageAsRead: [`PATCH ${BOX}/messages/:message/read`, messageMarking(true)],
  markMessageAsUnread: [`PATCH ${BOX}/messages/:message/unread`, messageMarking(false)],
  follow: [`PATCH ${BOX}/follow`, following(true)],
  unfollow: [`PATCH ${BOX}/unfollow`, following(false)],
  archiveSafebox: [`POST ${BOX}/tag/archive`, archiving(true)],
  unarchiveSafebox: [`POST ${BOX}/untag/archive`, archiving(false)],
};

async function prolong(call: ApiCall): Promise<HttpAnswer> {
  const box = ownBox(call);
  // The refusal of a wrong value is that of a wrong state (dossier op 11).
  const { safebox } = await readRequest(call.request, addTimeRequest).catch(() => {
    throw failed('extendFailed');
  });
  if (box.status !== 'in_progress') throw failed('extendFailed');
  const until = addTime(box.expiration, safebox.add_time_value, safebox.add_time_unit);
  if (Number.isNaN(until)) throw failed('extendFailed');
  extend(box, until, call.service.clock.now());
  call.service.changed();
  return done(call, 'extended', { new_expiration: date(until) });
}

function closeByOwner(call: ApiCall): HttpAnswer {
  const box = ownBox(call);
  const { service } = call;
  if (!box.options.allow_manual_close || !close(service, box, service.clock.now(), endedBy(call, box)))
    throw failed('closeFailed');
  return done(call, 'closed');
}

function deleteContentByOwner(call: ApiCall): HttpAnswer {
  const box = ownBox(call);
  const { service } = call;
  if (
    !box.options.allow_manual_delete ||
    !deleteContent(service, box, service.clock.now(), endedBy(call, box))
  )
    throw failed('contentDeleteFailed');
  return done(call, 'contentDeleted');
}

function marking(read: boolean): Handler<ApiCall> {
  return (call) => {
    if (!markBox(call.service, ownBox(call), read))
      throw failed(read ? 'markReadFailed' : 'markUnreadFailed');
    return jsonAnswer(200, { result: true });
  };
}

function messageMarking(read: boolean): Handler<ApiCall> {
  return (call) => {
    const box = ownBox(call);
    if (box.status === 'content_deleted')
      throw failed(read ? 'markMessageReadFailed' : 'markMessageUnreadFailed');
    if (!markMessage(call.service, box, call.params['message'] ?? '', read)) throw notFound();
    return jsonAnswer(200, { result: true });
  };
}

function following(follow: boolean): Handler<ApiCall> {
  return (call) => {
    visibleBox(call).followed = follow;
    call.service.changed();
    return done(call, follow ? 'followed' : 'unfollowed');
  };
}

function archiving(archive: boolean): Handler<ApiCall> {
  return async (call) => {
    const box = ownBox(call);
    const { user_email: email } = await readRequest(call.request, archiveRequest);
    const isKnown = email === undefined || findUserByEmail(call.caller.enterprise, email) !== undefined;
    if (!isKnown || box.archived === archive) throw failed(archive ? 'archiveFailed' : 'unarchiveFailed');
    box.archived = archive;
    call.service.changed();
    return done(call, archive ? 'archived' : 'unarchived');
  };
}

function done({ locale }: ApiCall, key: TextKey, more: Readonly<Record<string, string>> = {}): HttpAnswer {
  return jsonAnswer(200, { result: true, message: text(locale, key), ...more });
}

function endedBy(call: ApiCall, box: Box): EndedBy {
  return { email: (call.caller.user ?? ownerOf(call.caller, box)).email, ip: ipOf(call) };
}
