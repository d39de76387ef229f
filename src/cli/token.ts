import { SignJWT } from 'jose';
import { ConfigError, loadConfig, processEnvironment } from '../config/index.js';
import { UsageError } from './command.js';
import { knownScopes } from './known-scopes.js';
import type { Command } from './command.js';

const DEFAULT_MINUTES = 60;
const LONGEST_MINUTES = 24 * 60;

/**
 * Prints an access token signed with JWT_SECRET, for trying things out. Where tokens are verified with a public key,
 * only its issuer can make one.
 */
export const token: Command = {
  options: {
    subject: { type: 'string' },
    scopes: { type: 'string' },
    tenant: { type: 'string' },
    minutes: { type: 'string' },
  },
  maxWords: 0,
  async run({ options: { subject, scopes = '', tenant, minutes } }) {
    if (typeof subject !== 'string' || subject === '')
      throw new UsageError('Say who it is for: --subject ann.');
    const [jwt] = loadConfig(processEnvironment(), []).jwt ?? [];
    if (jwt?.key.type !== 'secret') {
      const why = jwt ? 'is not set: tokens are verified with a public key' : 'is not set';
      throw new ConfigError(
        'JWT_SECRET',
        `${why}, and only a shared secret can sign here; see docs/tokens.md.`,
      );
    }
    const granted = String(scopes)
      .split(/[\s,]+/)
      .filter(Boolean);
    warnOfUnknown(granted);
    const [algorithm = 'HS256'] = jwt.algorithms;
    const signed = await new SignJWT({
      scope: granted.join(' '),
      ...(typeof tenant === 'string' && jwt.tenantClaim !== undefined && { [jwt.tenantClaim]: tenant }),
    })
      .setProtectedHeader({ alg: algorithm })
      .setSubject(subject)
      .setIssuer(jwt.issuer)
      .setAudience(jwt.audience)
      .setIssuedAt()
      .setExpirationTime(`${minutesOf(minutes)} minutes`)
      .sign(Buffer.from(jwt.key.secret.reveal(), 'utf8'));
    process.stdout.write(`${signed}\n`);
    return 0;
  },
};

/** A subgraph of somebody else may know them: the token is made. */
function warnOfUnknown(granted: readonly string[]): void {
  const known = knownScopes();
  const unknown = granted.filter((scope) => !known.has(scope));
  if (unknown.length === 0) return;
  const all = [...known].sort().join(', ');
  process.stderr.write(`sealgraph: no field needs ${unknown.join(' or ')}; the scopes are ${all}.\n`);
}

/** @throws UsageError */
function minutesOf(option: string | boolean | undefined): number {
  if (option === undefined) return DEFAULT_MINUTES;
  const minutes = Number(option);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES) return minutes;
  throw new UsageError(`--minutes must be a whole number from 1 to ${LONGEST_MINUTES}.`);
}
