import type { CallOptions } from '../kit/call-options.js';
import type { Api } from './api.js';
import type { UserToken } from './operations.js';

/** What a user proves to be with (dossier op 1). */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly oneTimePassword: string | null;
  readonly deviceId: string;
  readonly deviceName: string;
}

const APPLICATION_TYPE = 'Sealgraph';

/** Trades credentials for a token. The same credentials and device give the same token again. */
export function signIn(
  { call, account }: Api,
  { oneTimePassword, ...credentials }: Credentials,
  options: CallOptions = {},
): Promise<UserToken> {
  const { username, password, ...device } = credentials;
  return call(options, 'getUserToken', {
    json: {
      permalink: account,
      username,
      password,
      otp: oneTimePassword ?? '',
      applicationType: APPLICATION_TYPE,
      ...device,
    },
  });
}
