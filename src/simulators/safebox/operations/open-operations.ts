import { textAnswer, type HttpAnswer } from '../../kit/answer.js';
import { findEnterprise } from '../state/directory.js';
import { settle } from '../state/lifecycle.js';
import { localeOf } from '../texts.js';
import { auditPdf } from '../wire/audit-pdf.js';
import { notFound } from '../wire/refusal.js';
import type { OpenCall, Operations } from './call.js';
import { signIn } from './sign-in.js';

/** What needs no API token: discovery, the token call, and audit records, whose URL is the permission. */
export const OPEN_OPERATIONS: Operations<OpenCall> = {
  discoverPortal: ['GET /services/:enterprise/portal/host', discover],
  discoverServer: ['GET /services/:enterprise/sendsecure/server/url', discover],
  getUserToken: ['POST /api/user_token', signIn],
  getAuditRecordPdf: ['GET /s/:file', auditRecord],
};

function discover({ service, addresses, params }: OpenCall): HttpAnswer {
  if (findEnterprise(params['enterprise'] ?? '') === undefined) throw notFound();
  return textAnswer(200, addresses.server + (service.dialect.trailingSlash ? '/' : ''), 'text/plain');
}

function auditRecord({ service, params }: OpenCall): HttpAnswer {
  const [guid = '', extension] = (params['file'] ?? '').split('.');
  const box = service.world.boxes.get(guid);
  if (box === undefined || extension !== 'pdf') throw notFound();
  settle(service, box);
  if (box.status === 'in_progress') throw notFound();
  const language = service.world.settings[box.enterprise]?.pdf_language ?? null;
  return textAnswer(200, auditPdf(box, localeOf(language)), 'application/pdf');
}
