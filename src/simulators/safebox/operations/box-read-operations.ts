import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { documentsOf, isReadable } from '../state/box.js';
import { findUserByEmail } from '../state/directory.js';
import { downloaderOf } from '../state/downloads.js';
import { auditRecordUrl, boxJson } from '../wire/box-json.js';
import { accessDenied, badParameter, notFound } from '../wire/refusal.js';
import { SECTIONS, sectionJson, type Section, type SectionContext } from '../wire/sections-json.js';
import { ownerOf, visibleBox } from './access.js';
import type { ApiCall, Operations } from './call.js';

const BOX = '/api/v2/safeboxes/:guid';

/** What can be read of one SafeBox. */
export const BOX_READ_OPERATIONS: Operations<ApiCall> = {
  getSafeboxInfo: [`GET ${BOX}`, info],
  getSafeboxSecurityOptions: sectionRead('security_options'),
  getSafeboxParticipants: sectionRead('participants'),
  getSafeboxMessages: sectionRead('messages'),
  getSafeboxDownloadActivity: sectionRead('download_activity'),
  getSafeboxEventHistory: sectionRead('event_history'),
  getAuditRecordUrl: [`GET ${BOX}/audit_record_pdf`, auditRecord],
  getFileUrl: [`GET ${BOX}/documents/:document/url`, fileUrl],
};

function sectionRead(section: Section): Operations<ApiCall>[string] {
  return [
    `GET ${BOX}/${section}`,
    (call) => {
      const box = visibleBox(call);
      const context = sectionContext(call, ownerOf(call.caller, box));
      return jsonAnswer(200, { [section]: sectionJson(section, box, context) });
    },
  ];
}

// Asking for nothing, in either of the two ways clients do, is asking for everything.
function info(call: ApiCall): HttpAnswer {
  const box = visibleBox(call);
  const asked = (call.query.get('sections') ?? '').split(',').filter((name) => name !== '');
  const wanted = asked.length === 0 ? SECTIONS : SECTIONS.filter((section) => asked.includes(section));
  const context = sectionContext(call, ownerOf(call.caller, box));
  const sections = wanted.map((section) => [section, sectionJson(section, box, context)] as const);
  return jsonAnswer(200, {
    safebox: {
      ...boxJson(box, call.caller.enterprise, call.addresses.server),
      ...Object.fromEntries(sections),
    },
  });
}

function auditRecord(call: ApiCall): HttpAnswer {
  const box = visibleBox(call);
  if (box.status === 'in_progress') throw notFound();
  return jsonAnswer(200, { url: auditRecordUrl(box, call.addresses.server) });
}

function fileUrl(call: ApiCall): HttpAnswer {
  const { service, caller, params, query } = call;
  const box = visibleBox(call);
  const email = query.get('user_email');
  const user = email === null ? caller.user : findUserByEmail(caller.enterprise, email);
  if (user === undefined) throw badParameter('userEmailNotFound');
  if (caller.user !== undefined && caller.user !== user) throw accessDenied();
  const document = documentsOf(box).find(({ id }) => id === params['document']);
  if (document === undefined) throw notFound();
  const by = downloaderOf(box, user);
  if (by === undefined || !isReadable(box)) throw accessDenied();
  const token = service.capabilities.grant({
    kind: 'download',
    guid: box.guid,
    documentId: document.id,
    by,
    expiresAt: service.clock.now() + ASSUMED.downloadUrlLifetimeMs,
  });
  return jsonAnswer(200, { url: `${call.addresses.files}/xmss/${token}` });
}

function sectionContext(
  { addresses, locale, service }: ApiCall,
  owner: SectionContext['owner'],
): SectionContext {
  return { owner, server: addresses.server, locale, idsAsText: service.dialect.idsAsText };
}
