/** Who asks: an access token, or where one comes from each time it is needed. The sandbox needs none. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

export async function credentials(token: Token | undefined): Promise<{ authorization?: string }> {
  const value = typeof token === 'function' ? await token() : token;
  return value === undefined ? {} : { authorization: `Bearer ${value}` };
}

/** On its way through a library: no token could be had, which no second try of the connection changes. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError';

  constructor(cause: unknown) {
    super('There is no token.', { cause });
  }
}

/** The same, for libraries that tell what they are given from what fails by itself. @throws NoTokenError */
export async function credentialsOrNone(token: Token | undefined): Promise<{ authorization?: string }> {
  return credentials(token).catch((cause: unknown) => {
    throw new NoTokenError(cause);
  });
}
