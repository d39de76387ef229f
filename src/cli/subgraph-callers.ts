import { createDemoAuthenticator } from '../auth/demo-authenticator.js';
import { createTokenAuthenticator } from '../auth/token-authenticator.js';
import { CallerContextVerifier } from '../auth/signed-context.js';
import { systemClock } from '../clock.js';
import { callerMode, ConfigError } from '../config/index.js';
import type { Config } from '../config/index.js';
import { requestIdOf } from '../request-id.js';
import type { Logger } from '../log.js';
import { declaredScopes } from '../subgraph/scopes.js';
import type { Identify } from '../subgraph/serve.js';
import type { Subgraph } from '../subgraph/subgraph.js';

/**
 * Refuses a subgraph service that could not tell who calls. The demo caller is as safe here as at a gateway: on loopback,
 * with nothing real behind it.
 * @throws ConfigError
 */
export function requireIdentity({ keys, jwt, server }: Config, isSandbox: boolean): void {
  const { subgraphAuth, gatewaySecrets } = keys;
  if (subgraphAuth.has('jwt') && jwt === undefined)
    throw new ConfigError('SUBGRAPH_AUTH', 'names jwt, but no key to verify tokens with is set.');
  if (subgraphAuth.has('jwt') || gatewaySecrets.length > 0) return;
  if (!isSandbox)
    throw new ConfigError('GATEWAY_SECRET', 'is not set: a subgraph service answers signed calls only.');
  callerMode({ host: server.host, allProvidersSimulated: true, jwt: undefined });
}

/** Who calls a subgraph service: whom its gateway has signed for, whom a forwarded token names, or the demo caller. */
export function identifierOf(
  { keys, jwt }: Config,
  { name, schema }: Pick<Subgraph, 'name' | 'schema'>,
  logger: Logger,
): Identify {
  const secrets = keys.gatewaySecrets.map((secret) => secret.reveal());
  const verifier =
    keys.subgraphAuth.has('signed') && secrets.length > 0
      ? new CallerContextVerifier({ secrets, subgraph: name, clock: systemClock })
      : undefined;
  const tokens =
    keys.subgraphAuth.has('jwt') && jwt
      ? createTokenAuthenticator(jwt, { clock: systemClock, logger })
      : undefined;
  if (tokens)
    return async (presented, body) =>
      verifier && presented['authorization'] === undefined
        ? verifier.verify(presented, body)
        : byToken(await tokens.authenticate(presented['authorization']), presented);
  if (verifier) return async (presented, body) => verifier.verify(presented, body);
  const demo = createDemoAuthenticator(declaredScopes(schema));
  return async (presented) => byToken(await demo.authenticate(undefined), presented);
}

type Call = Awaited<ReturnType<Identify>>;

/** A token is not the gateway's, which ends what has run out: whoever shows one is here until it does. */
function byToken(caller: Call['caller'], presented: Parameters<Identify>[0]): Call {
  return { caller, requestId: requestIdOf(presented['x-request-id']), endsAt: caller.expiresAt };
}
