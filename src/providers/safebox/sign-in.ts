import type { HttpClient } from '../kit/http-client.js';
import { below } from '../kit/origins.js';
import { parseWire } from '../kit/parse.js';
import type { SessionCall } from '../kit/with-session.js';
import { toCamelCase, toSnakeCase } from './case.js';
import type { Discovery } from './discovery.js';
import { fromAnswer, fromSignInCode, PROVIDER } from './errors.js';
import { tokenAnswer } from './wire/account.js';

/** What a user proves to be with (dossier op 1). */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly oneTimePassword: string | null;
  readonly deviceId: string;
  readonly deviceName: string;
}

export interface UserToken {
  readonly token: string;
  readonly userId: string;
}

const APPLICATION_TYPE = 'Sealgraph';

/** Trades credentials for a token. The same credentials and device give the same token again. */
export async function signIn(
  { http, discovery, account }: { http: HttpClient; discovery: Discovery; account: string },
  { username, password, oneTimePassword, deviceId, deviceName }: Credentials,
  { requestId }: SessionCall = {},
): Promise<UserToken> {
  const response = await http.request({
    operation: 'getUserToken',
    kind: 'write',
    method: 'POST',
    requestId,
    url: below(await discovery.portal(), '/api/user_token'),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(
      toSnakeCase({
        permalink: account,
        username,
        password,
        otp: oneTimePassword ?? '',
        applicationType: APPLICATION_TYPE,
        deviceId,
        deviceName,
      }),
    ),
  });
  // The fixtures disagree on the status of a refusal (doubt 3), so the body decides.
  if (![200, 400, 401].includes(response.status)) throw fromAnswer(response, { kind: 'write' });
  const answer = parseWire(tokenAnswer, toCamelCase(response.json()), {
    provider: PROVIDER,
    operation: 'getUserToken',
  });
  if (!answer.result) throw fromSignInCode(answer.code);
  return { token: answer.token, userId: answer.userId };
}
