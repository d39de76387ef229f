/** Where an operation is found: a method, or several with `|` between them, and a path of literal segments and `:name` segments. */
export type Route = `${string} /${string}`;

/** The name of an operation and the percent-decoded `:name` segments of its path, or why there is none. */
export type RouteMatch =
  | { readonly operation: string; readonly params: Readonly<Record<string, string>> }
  | { readonly operation: undefined; readonly reason: 'unknown path' | 'unknown method' };

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

/** The method and the path of a route. */
export function splitRoute(route: Route): { readonly method: string; readonly path: string } {
  const blank = route.indexOf(' ');
  return { method: route.slice(0, blank), path: route.slice(blank + 1) };
}

/**
 * Finds the operation of a request. Method and literal segments are compared exactly; a `:name` is never empty. Where
 * several fit, the first is taken.
 */
export function createRouter(
  routes: Readonly<Record<string, Route>>,
): (method: string, path: string) => RouteMatch {
  const table = Object.entries(routes).map(([operation, route]) => {
    const { method, path } = splitRoute(route);
    return { operation, methods: method.split('|'), segments: path.split('/') };
  });
  return (method, path) => {
    const actual = path.split('/').map(decodeSegment);
    let reason: 'unknown path' | 'unknown method' = 'unknown path';
    for (const { operation, methods, segments } of table) {
      const params = matchSegments(segments, actual);
      if (params === undefined) continue;
      if (methods.includes(method)) return { operation, params };
      reason = 'unknown method';
    }
    return { operation: undefined, reason };
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
