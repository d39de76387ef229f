import { z } from 'zod';
import { signCallerContext } from '../../auth/signed-context.js';
import type { Clock } from '../../clock.js';
import { ConfigError } from '../../config/index.js';
import type { ConfigSurvey } from '../../config/index.js';
import { subgraphUrlVariable } from '../../config/subgraph-urls.js';
import { versionFacts } from '../../operate/version.js';
import type { Check, Complaint } from './finding.js';

const TIMEOUT_MS = 5_000;
const SKEW_MS = 60_000;

const answer = z.object({ data: z.object({ __typename: z.string() }) });
const version = z.object({ version: z.string(), graph: z.string() });

/** Asks each subgraph that runs elsewhere for nothing, signed as the gateway signs, and which version it is. */
export function subgraphChecks({ subgraphUrls, keys }: ConfigSurvey, clock: Clock): readonly Check[] {
  const [secret] = keys?.gatewaySecrets ?? [];
  if (!secret) return [];
  return [...(subgraphUrls ?? [])].map(([name, url]) => ({
    what: `subgraph ${name}`,
    async run(complain) {
      const setting = subgraphUrlVariable(name);
      await ask(setting, url, clock, signer(name, secret.reveal(), clock));
      await compareVersion(setting, url, complain);
    },
  }));
}

function signer(subgraph: string, secret: string, clock: Clock): (body: string) => Record<string, string> {
  const caller = { tenant: 'sealgraph', subject: 'doctor', scopes: new Set<string>() };
  return (body) => signCallerContext({ caller, requestId: 'doctor' }, { subgraph, body }, secret, clock);
}

async function ask(
  setting: string,
  url: string,
  clock: Clock,
  sign: (body: string) => Record<string, string>,
): Promise<void> {
  const fail = (variable: string, problem: string): never => {
    throw new ConfigError(variable, problem);
  };
  const body = JSON.stringify({ query: '{ __typename }' });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sign(body) },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => fail(setting, 'cannot be reached.'));
  const aheadMs = clock.now() - Date.parse(response.headers.get('date') ?? '');
  if (response.status === 401 && Math.abs(aheadMs) > SKEW_MS)
    fail(
      setting,
      `leads to a machine whose clock differs from ours by ${Math.round(Math.abs(aheadMs) / 1_000)} s.`,
    );
  if (response.status === 401) fail('GATEWAY_SECRET', `is not that of the service that ${setting} leads to.`);
  if (!answer.safeParse(await response.json().catch(() => undefined)).success)
    fail(setting, 'leads to something that is no subgraph service.');
}

async function compareVersion(
  setting: string,
  url: string,
  complain: (complaint: Complaint) => void,
): Promise<void> {
  const response = await fetch(new URL('/version', url), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    () => undefined,
  );
  const found = version.safeParse(await response?.json().catch(() => undefined)).data;
  const own = versionFacts();
  if (!found || found.graph === own.graph) return;
  complain({
    level: 'warning',
    setting,
    message: `${setting} leads to version ${found.version} with another graph than ours, ${own.version}.`,
  });
}
