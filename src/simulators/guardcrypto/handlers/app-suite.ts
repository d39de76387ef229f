import { emptyAnswer, type HttpAnswer } from '../../kit/answer.js';
import { GuardError } from '../guard-error.js';
import { sessionCookies } from '../state/sessions.js';
import type { Call } from './call.js';

/** Opens an App Suite session. Name and password are taken from the body alone. */
export function appSuiteLogin({ world, params, envelope, request }: Call): HttpAnswer {
  const inUrl = params.names().query;
  if (inUrl.includes('password') || inUrl.includes('name'))
    throw new GuardError('missingField', ['password']);
  const name = params.find('name');
  const password = params.find('password');
  if (!name || !password) throw new GuardError('missingField', [name ? 'password' : 'name']);
  const account = world.accountOf(name);
  if (account?.appSuitePassword === undefined || account.appSuitePassword !== password)
    throw new GuardError('wrongLogin');
  const session = world.sessions.open(account, params.find('client') ?? 'open-xchange-appsuite');
  const { email, id, contextId, locale } = account;
  const answer = envelope.bare({
    session: session.id,
    user: email,
    user_id: id,
    context_id: contextId,
    locale,
  });
  const cookies = sessionCookies(session, request.headers['user-agent'] ?? '');
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies } };
}

/** Ends an App Suite session; 403 when the caller does not hold it. */
export function appSuiteLogout({ world, params, request }: Call): HttpAnswer {
  const { cookie, 'user-agent': userAgent = '' } = request.headers;
  const session = world.sessions.use(params.find('session'), cookie, userAgent);
  if (session === undefined) return emptyAnswer(403);
  world.sessions.end(session);
  return emptyAnswer(200);
}
