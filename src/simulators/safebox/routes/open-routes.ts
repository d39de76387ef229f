import { textAnswer, type HttpAnswer } from '../../kit/answer.js';
import type { Route } from '../../kit/router.js';
import { findEnterprise } from '../state/directory.js';
import { settle } from '../state/lifecycle.js';
import { localeOf } from '../texts.js';
import { auditPdf } from '../wire/audit-pdf.js';
import { notFound } from '../wire/refusal.js';
import type { OpenCall, OpenHandler } from './call.js';
import { signIn } from './sign-in.js';

/** What needs no API token: discovery, the token call, and audit records, whose URL is the permission. */
export const OPEN_ROUTES: readonly Route<OpenHandler>[] = [
  {
    method: 'GET',
    path: '/services/:enterprise/portal/host',
    operation: 'discoverPortal',
    handle: discover,
  },
  {
    method: 'GET',
    path: '/services/:enterprise/sendsecure/server/url',
    operation: 'discoverServer',
    handle: discover,
  },
  { method: 'POST', path: '/api/user_token', operation: 'getUserToken', handle: signIn },
  { method: 'GET', path: '/s/:file', operation: 'getAuditRecordPdf', handle: auditRecord },
];

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
