import type { CallOptions } from '../kit/call-options.js';

/** Cookies of one session, by their opaque names. */
export type Cookies = Readonly<Record<string, string>>;

/** Which of a user's two kinds of keys something is about. */
export const CRYPTO_TYPES = ['PGP', 'SMIME'] as const;

export type CryptoType = (typeof CRYPTO_TYPES)[number];

/** An App Suite session: who its user is, and what proves it. Never logged, stored in the clear or put into a watch. */
export interface Access extends CallOptions {
  /** Names this session without giving it away; another one after every sign-in. */
  readonly id: string;
  readonly session: string;
  readonly cookies: Cookies;
  /** The names of the cookies depend on it, so it stays as it was when the session began. */
  readonly userAgent: string;
  readonly userId: number;
  readonly contextId: number;
  /** The server has set other cookies. */
  keepCookies(cookies: Cookies): Promise<void>;
}

/** What is left of `cookies` after the `Set-Cookie` headers of an answer. */
export function mergeCookies(cookies: Cookies, headers: string | readonly string[] | undefined): Cookies {
  const merged: Record<string, string> = { ...cookies };
  for (const header of [headers ?? []].flat()) {
    const [pair = '', ...attributes] = header.split(';').map((text) => text.trim());
    const [name = '', ...value] = pair.split('=');
    if (name === '') continue;
    if (value.join('=') === '' || attributes.some((text) => /^max-age=(0|-\d+)$/i.test(text)))
      delete merged[name];
    else merged[name] = value.join('=');
  }
  return merged;
}

/** The `Cookie` header. */
export function cookieHeader(cookies: Cookies): string {
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}
