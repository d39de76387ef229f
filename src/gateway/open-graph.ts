import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { TrustedDocument } from '../config/index.js';
import type { Logger } from '../log.js';
import type { Audit } from '../audit.js';
import { UNLIMITED } from '../rates/rates.js';
import type { Rates } from '../rates/rates.js';
import type { Composition, SubgraphSdl } from './compose.js';
import { connectSubgraphs } from './connect-subgraphs.js';
import type { SubgraphSource } from './connect-subgraphs.js';
import { Documents } from './documents.js';
import { createErrorMask } from './errors.js';
import { readKeptGraph } from './kept-graph.js';
import { withMutationScopes } from './mutation-scopes.js';
import { limitRule } from './limits.js';
import type { Limits } from './limits.js';
import { NullForbidden } from './null-forbidden.js';
import { Operations } from './operation.js';
import { OperationCosts } from './operation-cost.js';
import type { RemoteExecutor } from './remote-executor.js';
import type { RunningSubscriptions } from './running-subscriptions.js';
import { Sharer } from './share.js';
import { singleSecretCheck } from './single-secret-check.js';
import { TrustedDocuments } from './trusted-documents.js';
import { validationRules } from './validation-rules.js';

/** One composed graph, with all that depends on its schema. */
export interface Graph {
  readonly operations: Operations;
  /** The first characters of the hash of its supergraph. */
  readonly hash: string;
}

export interface OpenGraphOptions {
  readonly introspection: boolean;
  readonly queueLimit?: number;
  readonly trustedDocuments?: readonly TrustedDocument[] | undefined;
  readonly rates?: Rates;
  readonly audit?: Audit | undefined;
  readonly limits: Limits;
  readonly subscriptions: RunningSubscriptions;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** @throws StartError when the subgraphs contradict each other */
export async function openGraph(
  subgraphs: readonly SubgraphSource[],
  services: ReadonlyMap<string, RemoteExecutor>,
  options: OpenGraphOptions,
): Promise<Graph> {
  const { introspection, queueLimit, trustedDocuments, clock, logger, rates, limits, audit, subscriptions } =
    options;
  const composition = await graphOf(subgraphs);
  const { apiSchema: schema, secretChecks, prices, scopes, supergraphSdl } = composition;
  const execute = withMutationScopes(
    await connectSubgraphs(composition, subgraphs, services, audit),
    schema,
    scopes,
    audit,
  );
  const nullForbidden = new NullForbidden();
  const operations = new Operations({
    schema,
    nullForbidden,
    execute,
    documents: new Documents({
      schema,
      limits,
      rules: [
        ...validationRules({ introspection }),
        limitRule(limits),
        singleSecretCheck(secretChecks),
        nullForbidden.rule,
      ],
    }),
    sharer: new Sharer(queueLimit),
    subscriptions,
    mask: createErrorMask(logger, limits.answerErrors),
    trusted: trustedDocuments && new TrustedDocuments(trustedDocuments, limits.documentChars),
    costs: new OperationCosts(schema, prices),
    rates: rates ?? UNLIMITED,
    audit,
    limits,
    clock,
    logger,
  });
  return { operations, hash: createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12) };
}

async function graphOf(subgraphs: readonly SubgraphSdl[]): Promise<Composition> {
  const kept = readKeptGraph(subgraphs);
  if (kept) return kept;
  const { compose } = await import('./compose.js');
  return compose(subgraphs);
}
