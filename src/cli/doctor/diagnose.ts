import { systemClock } from '../../clock.js';
import type { Clock } from '../../clock.js';
import { surveyConfig } from '../../config/index.js';
import type { Environment } from '../../config/index.js';
import { compose } from '../../gateway/compose.js';
import { providers } from '../../providers/index.js';
import { subgraphs } from '../../../subgraphs/index.js';
import { toHttpPolicy } from '../../tools.js';
import { callerChecks } from './caller-checks.js';
import type { Check, Finding } from './finding.js';
import { placeChecks } from './place-checks.js';
import { providerChecks } from './provider-checks.js';
import { proxyChecks } from './proxy-checks.js';
import { redisChecks } from './redis-checks.js';
import { runChecks } from './run-checks.js';
import { settingsChecks } from './settings-check.js';
import { subgraphChecks } from './subgraph-checks.js';

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** No provider is configured: a start simulates them all. */
  readonly isSandbox: boolean;
  /** Names of the providers that are simulated on purpose, beside real ones. */
  readonly simulated: readonly string[];
}

/** Looks at a configuration and at everything it leads to. What is wrong with one thing keeps nothing else from being looked at. */
export async function diagnose(environment: Environment, clock: Clock = systemClock): Promise<Diagnosis> {
  const survey = surveyConfig(environment, providers);
  const graph: Check = {
    what: 'the subgraphs compose',
    run: () => void compose(subgraphs.map((module) => module.build())),
  };
  // Some of what is waited for would not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  const findings = await runChecks([
    ...settingsChecks(environment, survey),
    graph,
    ...placeChecks(survey),
    ...callerChecks(survey, clock),
    ...redisChecks(survey, clock),
    ...proxyChecks(survey),
    ...providerChecks({
      live: survey.live,
      accountsOf: survey.accountsOf,
      http: {
        ...(survey.calls && toHttpPolicy(survey.calls)),
        // Every question is asked, whatever came of the others.
        breaker: { window: 1_000, minimumCalls: 1_000 },
      },
      clock,
    }),
    ...subgraphChecks(survey, clock),
  ]).finally(() => clearInterval(alive));
  const isSandbox =
    survey.live.length === 0 && survey.subgraphUrls?.size === 0 && survey.problems.length === 0;
  return { findings, isSandbox, simulated: [...(survey.simulatedProviders ?? [])] };
}
