import { healthRoute, type HealthOptions, type ReadinessCheck } from '../http/health.js';
import type { Metrics } from '../http/metrics.js';
import { pageRoute, type HttpRoute } from '../http/respond.js';
import type { Live } from '../live/engine.js';
import type { Drain } from './drain.js';
import { versionFacts } from './version.js';

export interface OperatorRoutesOptions {
  readonly role: string;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  /** Of which one that works is enough. */
  readonly anyOf?: HealthOptions['anyOf'];
  /** How the process says that it is about to end. */
  readonly drain: Drain;
  /** What `/version` says of the graph. Default: the one that is shipped. */
  readonly graph?: () => string;
  /** What `/metrics` answers; undefined: nothing. */
  readonly metrics: Metrics | undefined;
  /** What is alive here, where anything is. */
  readonly live?: Pick<Live, 'countsByKind' | 'activeByProvider'> | undefined;
}

/** What whoever operates a process asks it, the same for every role: `/health/live`, `/health/ready`, `/version`, `/metrics`. */
export function operatorRoutes({
  role,
  checks,
  anyOf,
  drain,
  graph,
  metrics,
  live,
}: OperatorRoutesOptions): HttpRoute {
  const routes = [
    healthRoute({ checks, anyOf, isDraining: drain.isDraining }),
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

function metricsRoute(metrics: Metrics, role: string, live: OperatorRoutesOptions['live']): HttpRoute {
  const { version, graph } = versionFacts();
  metrics.info('sealgraph_build_info', 'What runs here.', { version, graph, role });
  if (live) {
    const counted = (what: 'subscribers' | 'watches') => () =>
      new Map([...live.countsByKind()].map(([kind, counts]) => [kind, counts[what]]));
    metrics.gauges(
      'sealgraph_live_subscribers',
      'Subscribers in this process.',
      'kind',
      counted('subscribers'),
    );
    metrics.gauges(
      'sealgraph_live_watches',
      'Watches listened to in this process.',
      'kind',
      counted('watches'),
    );
    metrics.gauges(
      'sealgraph_watches_active',
      'Watches that have not ended, of all processes on the same store.',
      'provider',
      () => live.activeByProvider(),
    );
  }
  return metrics.route;
}
