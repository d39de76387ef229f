import { createHash } from 'node:crypto';
import { DIGITS, randomText, type RandomSource } from '../../kit/random.js';
import { ASSUMED } from '../assumptions.js';
import type { Account } from './state.js';

/** An App Suite session. Both its id and its secret are needed. */
export interface Session {
  /** 32 hex digits, travels in the query. */
  readonly id: string;
  readonly accountId: number;
  /** `client` of the login, part of the cookies' names. */
  readonly client: string;
  readonly secret: string;
  readonly publicId: string;
  readonly httpSession: string;
  /** Milliseconds since the epoch. */
  lastUsedAt: number;
}

/** The open sessions. They end with the process. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  /** @param ended told of each session that is over. */
  constructor(
    private readonly random: RandomSource,
    private readonly now: () => number,
    private readonly ended: (session: Session) => void,
  ) {}

  open(account: Account, client: string): Session {
    this.#endIdle();
    const hex = (): string => this.random.bytes(16).toString('hex');
    const session: Session = {
      id: hex(),
      accountId: account.id,
      client,
      secret: hex(),
      publicId: hex(),
      httpSession: `${randomText(this.random, 16, DIGITS)}.APP1`,
      lastUsedAt: this.now(),
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session a request proves to hold; using it keeps it alive. */
  use(id: string | undefined, cookie: string | undefined, userAgent: string): Session | undefined {
    this.#endIdle();
    const session = this.#sessions.get(id ?? '');
    if (session === undefined) return undefined;
    const name = `open-xchange-secret-${cookieHash(session.client, userAgent)}`;
    if (readCookie(cookie, name) !== session.secret) return undefined;
    session.lastUsedAt = this.now();
    return session;
  }

  end(session: Session): void {
    if (this.#sessions.delete(session.id)) this.ended(session);
  }

  of(accountId: number): Session[] {
    return [...this.#sessions.values()].filter((session) => session.accountId === accountId);
  }

  #endIdle(): void {
    const oldest = this.now() - ASSUMED.sessionIdleMs;
    for (const session of this.#sessions.values()) {
      if (session.lastUsedAt <= oldest) this.end(session);
    }
  }
}

/** `Set-Cookie` values of a login. Without `Secure`, for the simulator is plain HTTP. */
export function sessionCookies(session: Session, userAgent: string): string[] {
  const hash = cookieHash(session.client, userAgent);
  return [
    `JSESSIONID=${session.httpSession}; Path=/; HttpOnly`,
    `open-xchange-secret-${hash}=${session.secret}; Path=/; HttpOnly`,
    `open-xchange-public-session-${hash}=${session.publicId}; Path=/; HttpOnly`,
  ];
}

// Calculated anew for each request: a client that changes its User-Agent loses its session.
function cookieHash(client: string, userAgent: string): string {
  return createHash('sha256').update(`${client}\0${userAgent}`).digest('base64url').slice(0, 22);
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}
