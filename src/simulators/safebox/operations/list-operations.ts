import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { STATUSES, type BoxStatus } from '../state/box.js';
import { findBoxes } from '../state/find-boxes.js';
import type { TextKey } from '../texts.js';
import { boxJson } from '../wire/box-json.js';
import { badParameter } from '../wire/refusal.js';
import type { ApiCall, Operations } from './call.js';

const DEFAULT_PER_PAGE = 100;
const MAX_PER_PAGE = 1000;

/** The list of SafeBoxes, the one call with pages (dossier op 33). */
export const LIST_OPERATIONS: Operations<ApiCall> = {
  getSafeboxes: ['GET /api/v2/safeboxes', list],
};

function list(call: ApiCall): HttpAnswer {
  const { service, caller, query, addresses } = call;
  const { statuses, unreadOnly } = readStatus(query);
  const perPage = readCount(query, 'per_page', 'invalidPerPage', MAX_PER_PAGE) ?? DEFAULT_PER_PAGE;
  const page = readCount(query, 'page', 'invalidPage', Number.MAX_SAFE_INTEGER) ?? 1;
  const search = query.get('search') ?? query.get('search_term') ?? '';
  const boxes = findBoxes(service, caller, { statuses, unreadOnly, search });
  const lastPage = Math.max(1, Math.ceil(boxes.length / perPage));
  const onPage = boxes.slice((page - 1) * perPage, page * perPage);
  return jsonAnswer(200, {
    count: boxes.length,
    previous_page_url: page > 1 ? pageUrl(call, Math.min(page - 1, lastPage)) : null,
    next_page_url: page < lastPage ? pageUrl(call, page + 1) : null,
    safeboxes: onPage.map((box) => ({ safebox: boxJson(box, caller.enterprise, addresses.server) })),
  });
}

function readStatus(query: URLSearchParams): { statuses: Set<BoxStatus>; unreadOnly: boolean } {
  const statuses = new Set<BoxStatus>();
  let unreadOnly = false;
  for (const name of (query.get('status') ?? '').split(',')) {
    const status = STATUSES.find((known) => known === name);
    if (status !== undefined) statuses.add(status);
    else if (name === 'unread') unreadOnly = true;
    else if (name !== '') throw badParameter('invalidStatus', name);
  }
  return { statuses, unreadOnly };
}

function readCount(query: URLSearchParams, name: string, refusal: TextKey, max: number): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  const count = /^\d+$/.test(value) ? Number(value) : 0;
  if (count < 1 || count > max) throw badParameter(refusal, value);
  return count;
}

// With the parameters that narrow the list, in the order of the provider, and without the locale.
function pageUrl({ service, query, addresses }: ApiCall, page: number): string {
  const parameters = new URLSearchParams();
  for (const name of ['status', 'search', 'search_term', 'per_page']) {
    const value = query.get(name);
    if (value !== null) parameters.set(name, value);
  }
  parameters.set('page', String(page));
  const relative = `api/v2/safeboxes?${parameters.toString()}`;
  return service.dialect.pageUrls === 'absolute' ? `${addresses.server}/${relative}` : relative;
}
