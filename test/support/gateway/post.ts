/** What a GraphQL endpoint answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { data?: Record<string, unknown> | null; errors?: WireError[] };
}

export interface WireError {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly extensions?: Record<string, unknown>;
}

/** Posts an operation. */
export async function post(
  endpoint: string,
  query: string,
  options: { variables?: object; headers?: Record<string, string>; operationName?: string } = {},
): Promise<Answered> {
  const { variables, operationName } = options;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
}
