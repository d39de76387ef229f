import { systemClock, type Clock } from '../clock.js';
import { pageRoute, type HttpRoute, type Page } from './respond.js';

/** Says whether one thing this process needs works now. Throwing, or taking too long, counts as no. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

export interface HealthOptions {
  /** By the name that is shown, for example `store`. All are asked at once. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  /** Likewise, but of these one that works is enough, if there are any. */
  readonly anyOf?: Readonly<Record<string, ReadinessCheck>> | undefined;
  /** Whether this process is about to end. Default: it is not. */
  readonly isDraining?: (() => boolean) | undefined;
  /** How long one check may take, milliseconds. Default 2000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

/**
 * `/health/live`: this process runs. `/health/ready`: it can do its work, 200 or 503, with every check by name; `partial`
 * where some of several does not work, and the rest does; `draining`, with 503, when it is about to end.
 * Nothing but the names and `ok` or `failed` is shown.
 */
export function healthRoute({
  checks,
  anyOf = {},
  isDraining = () => false,
  timeoutMs = 2_000,
  clock = systemClock,
}: HealthOptions): HttpRoute {
  const live = pageRoute('/health/live', () => Promise.resolve(json(200, { status: 'live' })));
  const ready = pageRoute('/health/ready', async () => {
    const ask = (asked: Readonly<Record<string, ReadinessCheck>>): Promise<(readonly [string, boolean])[]> =>
      Promise.all(
        Object.entries(asked).map(
          async ([name, check]) => [name, await passes(check, timeoutMs, clock)] as const,
        ),
      );
    const [needed, some] = await Promise.all([ask(checks), ask(anyOf)]);
    const isReady =
      needed.every(([, passed]) => passed) && (some.length === 0 || some.some(([, passed]) => passed));
    const isWhole = some.every(([, passed]) => passed);
    const status = isDraining() ? 'draining' : isReady ? (isWhole ? 'ready' : 'partial') : 'unavailable';
    return json(isReady && !isDraining() ? 200 : 503, {
      status,
      checks: Object.fromEntries(
        [...needed, ...some].map(([name, passed]) => [name, passed ? 'ok' : 'failed']),
      ),
    });
  });
  return (request, response) => live(request, response) || ready(request, response);
}

function passes(check: ReadinessCheck, timeoutMs: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancelTimeout = clock.schedule(timeoutMs, () => resolve(false));
    const settle = (passed: boolean): void => {
      cancelTimeout();
      resolve(passed);
    };
    Promise.resolve()
      .then(check)
      .then(settle, () => settle(false));
  });
}

function json(status: number, body: object): Page {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
