/** One operation of a provider: `path` is made of literal segments and `:name` segments. */
export interface Route<Handler> {
  readonly method: string;
  readonly path: string;
  /** What counters, faults and logs call it. */
  readonly operation: string;
  readonly handle: Handler;
}

/** A route and the percent-decoded values of its `:name` segments, or why there is none. */
export type RouteMatch<Handler> =
  | { readonly route: Route<Handler>; readonly params: Readonly<Record<string, string>> }
  | { readonly route: undefined; readonly reason: 'unknown path' | 'unknown method' };

export interface RequestTarget {
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits the request line's target. Unlike `new URL()`, it leaves the path as it was sent. */
export function parseTarget(url = '/'): RequestTarget {
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

/** Finds the route of a request. Method and literal segments are compared exactly; a `:name` is never empty. */
export function createRouter<Handler>(
  routes: readonly Route<Handler>[],
): (method: string, path: string) => RouteMatch<Handler> {
  const table = routes.map((route) => ({ route, segments: route.path.split('/') }));
  return (method, path) => {
    const actual = path.split('/').map(decodeSegment);
    let reason: 'unknown path' | 'unknown method' = 'unknown path';
    for (const { route, segments } of table) {
      const params = matchSegments(segments, actual);
      if (params === undefined) continue;
      if (route.method === method) return { route, params };
      reason = 'unknown method';
    }
    return { route: undefined, reason };
  };
}

function matchSegments(
  pattern: readonly string[],
  actual: readonly (string | undefined)[],
): Record<string, string> | undefined {
  if (pattern.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = actual[index];
    if (segment === undefined) return undefined;
    if (!expected.startsWith(':')) {
      if (segment !== expected) return undefined;
    } else if (segment === '') return undefined;
    else params[expected.slice(1)] = segment;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
