import { createHmac } from 'node:crypto';
import { ASSUMED } from '../assumptions.js';
import { normal, type TokenKind, type TokenRecord } from './records.js';
import type { World } from './world.js';

export interface TokenRequest extends Pick<
  TokenRecord,
  'kind' | 'subjects' | 'identity' | 'teamId' | 'boundIp'
> {
  /** Milliseconds; the default belongs to the kind. */
  readonly lifetimeMs?: number;
}

/** Issues a token: a compact JWT, shorter than the 245 bytes that fit one RSA block (dossier section 2.2). */
export function issueToken(world: World, { lifetimeMs, ...wanted }: TokenRequest): TokenRecord {
  const lifeMs = lifetimeMs ?? lifetimeOf(world, wanted.kind);
  const expiresAt = Math.floor((world.now() + lifeMs) / 1000) * 1000;
  const text = signedToken(world, {
    sub: wanted.subjects[0],
    iss: ASSUMED.issuers[wanted.kind],
    exp: expiresAt / 1000,
    jti: world.random.bytes(9).toString('base64url'),
  });
  const token: TokenRecord = { ...wanted, text, expiresAt, revoked: false };
  world.tokens.set(text, token);
  world.changed();
  return token;
}

/** The text of a new token of a person. */
export function issuePersonToken(
  world: World,
  kind: 'access' | 'dashboard' | 'preauth-dashboard',
  user: string,
  teamId?: number,
): string {
  return issueToken(world, { kind, subjects: [user], identity: 'person', teamId }).text;
}

/** The token of this text if it is good now. */
export function liveToken(world: World, text: string): TokenRecord | undefined {
  const token = world.tokens.get(text);
  return token !== undefined && !token.revoked && world.now() < token.expiresAt ? token : undefined;
}

export function revokeToken(world: World, token: TokenRecord): void {
  token.revoked = true;
  world.changed();
}

/** Ends every token that speaks for this address; how many. */
export function revokeTokensOf(world: World, user: string): number {
  const theirs = [...world.tokens.values()].filter(
    (token) => !token.revoked && token.subjects.some((subject) => normal(subject) === normal(user)),
  );
  for (const token of theirs) revokeToken(world, token);
  return theirs.length;
}

function lifetimeOf({ dialect }: World, kind: TokenKind): number {
  switch (kind) {
    case 'preauth':
    case 'preauth-dashboard':
      return dialect.preAuthMs;
    case 'access':
      return dialect.accessMs;
    case 'dashboard':
      return dialect.dashboardMs;
    case 'delegate':
      return ASSUMED.lifetimes.delegateMs;
    case 'combined':
      return ASSUMED.lifetimes.combinedMs;
  }
}

function signedToken(world: World, claims: Readonly<Record<string, unknown>>): string {
  const content = [{ alg: 'HS256' }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  const key = Buffer.from(world.records.secret, 'base64');
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
