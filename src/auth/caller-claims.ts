import { z } from 'zod';
import type { Caller } from './caller.js';

/** Tenant of a caller whose token names none. */
export const DEFAULT_TENANT = 'default';

const words = z.string().transform((text) => text.split(' ').filter((word) => word !== ''));
const scopes = z.union([words, z.array(z.string())]).default([]);

const claims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  scope: scopes,
  scp: scopes,
  scopes,
});
const tenant = z.string().min(1).default(DEFAULT_TENANT);

/**
 * The caller a verified token speaks of: `sub`, the scopes of `scope`, `scp` and `scopes` together
 * (text with blanks between, or arrays), and `exp`.
 * @throws ZodError when one is missing or of another type
 */
export function callerFromClaims(payload: Readonly<Record<string, unknown>>, tenantName: string): Caller {
  const { sub, exp, ...granted } = claims.parse(payload);
  return {
    tenant: tenantName,
    subject: sub,
    scopes: new Set([...granted.scope, ...granted.scp, ...granted.scopes]),
    expiresAt: exp * 1000,
  };
}

/**
 * The tenant a token belongs to by the rule of its issuer.
 * @throws Error for one that the issuer has no right to, ZodError for one of another type
 */
export function tenantOf(
  payload: Readonly<Record<string, unknown>>,
  {
    tenantClaim,
    tenants,
  }: { readonly tenantClaim: string | undefined; readonly tenants: readonly string[] | undefined },
): string {
  const [only] = tenants ?? [];
  if (tenantClaim === undefined && only !== undefined) return only;
  const named = tenant.parse(tenantClaim === undefined ? undefined : payload[tenantClaim]);
  if (tenants && !tenants.includes(named)) throw new Error('the issuer has no right to this tenant');
  return named;
}
