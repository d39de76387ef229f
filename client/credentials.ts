/** Who asks: an access token, or where one comes from each time it is needed. The sandbox needs none. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

export async function credentials(token: Token | undefined): Promise<{ authorization?: string }> {
  const value = typeof token === 'function' ? await token() : token;
  return value === undefined ? {} : { authorization: `Bearer ${value}` };
}
