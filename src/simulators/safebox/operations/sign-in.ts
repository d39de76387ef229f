import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { findEnterprise } from '../state/directory.js';
import { userToken } from '../state/tokens.js';
import { text, type TextKey } from '../texts.js';
import { readFields } from '../wire/form.js';
import type { OpenCall } from './call.js';

/** Codes of the token call (dossier section 4.2). */
const CODES = {
  permalink: 101,
  credentials: 102,
  application_type: 103,
  device_id: 104,
  device_name: 105,
  otp: 106,
} as const;

/** Gives a user the token of one device (dossier op 1). */
export async function signIn(call: OpenCall): Promise<HttpAnswer> {
  const { service } = call;
  const fields = await readFields(call.request);
  const enterprise = findEnterprise(fields.get('permalink') ?? '');
  if (enterprise === undefined) return refused(call, 'permalink', 'invalidAccount');
  for (const name of ['application_type', 'device_id', 'device_name'] as const)
    if (!fields.has(name)) return refused(call, name, 'missingField');
  const user = enterprise.users.find(({ username }) => username === fields.get('username'));
  if (user === undefined || user.password !== fields.get('password'))
    return refused(call, 'credentials', 'invalidCredentials');
  if (user.oneTimePassword !== undefined && user.oneTimePassword !== fields.get('otp'))
    return refused(call, 'otp', 'oneTimePasswordNeeded');
  const token = userToken(service, enterprise, user, {
    id: fields.get('device_id') ?? '',
    name: fields.get('device_name') ?? '',
    applicationType: fields.get('application_type') ?? '',
  });
  return jsonAnswer(200, { result: true, token, user_id: user.id });
}

function refused({ service, locale }: OpenCall, what: keyof typeof CODES, key: TextKey): HttpAnswer {
  const isAboutIdentity = what === 'credentials' || what === 'otp';
  const status = isAboutIdentity ? service.dialect.badCredentialsStatus : ASSUMED.malformedSignInStatus;
  return jsonAnswer(status, { result: false, message: text(locale, key, what), code: CODES[what] });
}
