import { healthRoute, type HealthOptions, type ReadinessCheck } from '../http/health.js';
import type { Metrics } from '../http/metrics.js';
import { pageRoute, type HttpRoute } from '../http/respond.js';
import type { Live } from '../live/engine.js';
import { versionFacts } from './version.js';

export interface OperatorRoutesOptions {
  readonly role: string;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  /** Of which one that works is enough. */
  readonly anyOf?: HealthOptions['anyOf'];
  /** What `/version` says of the graph. Default: the one that is shipped. */
  readonly graph?: () => string;
  /** What `/metrics` answers; undefined: nothing. */
  readonly metrics: Metrics | undefined;
  /** What is alive here, where anything is. */
  readonly live?: Pick<Live, 'counts'> | undefined;
}

/** What whoever operates a process asks it, the same for every role: `/health/live`, `/health/ready`, `/version`, `/metrics`. */
export function operatorRoutes({
  role,
  checks,
  anyOf,
  graph,
  metrics,
  live,
}: OperatorRoutesOptions): HttpRoute {
  const routes = [
    healthRoute({ checks, anyOf }),
    pageRoute('/version', () =>
      Promise.resolve({
        status: 200,
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify({ ...versionFacts(), ...(graph && { graph: graph() }), role }),
      }),
    ),
    ...(metrics ? [metricsRoute(metrics, role, live)] : []),
  ];
  return (request, response) => routes.some((route) => route(request, response));
}

function metricsRoute(metrics: Metrics, role: string, live: Pick<Live, 'counts'> | undefined): HttpRoute {
  const { version, graph } = versionFacts();
  metrics.info('sealgraph_build_info', 'What runs here.', { version, graph, role });
  if (live) {
    metrics.gauge(
      'sealgraph_live_subscribers',
      'Subscribers in this process.',
      () => live.counts().subscribers,
    );
    metrics.gauge(
      'sealgraph_live_watches',
      'Watches listened to in this process.',
      () => live.counts().watches,
    );
  }
  return metrics.route;
}
