/** An error of the graph, as it travels. */
export interface GraphErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly isRetryable?: boolean;
    readonly retryAfterMs?: number;
  };
}

/** What the graph, or the way there, has against an operation. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  /** `extensions.code` of the first error, or `NETWORK`: no answer came, and a mutation may or may not have happened. */
  readonly code: string;
  /** All of them; none for `NETWORK`. */
  readonly errors: readonly GraphErrorEntry[];
  /** What was answered beside the errors: where a mutation has several fields, what the others have done stands here. */
  readonly data: unknown;

  constructor(
    errors: readonly GraphErrorEntry[],
    options?: ErrorOptions & { readonly message?: string; readonly data?: unknown },
  ) {
    super(errors[0]?.message ?? options?.message ?? 'The graph cannot be reached.', options);
    this.errors = errors;
    this.data = options?.data;
    this.code = errors[0]?.extensions?.code ?? (errors.length > 0 ? 'INTERNAL' : 'NETWORK');
  }

  /** Whether the same may succeed later. */
  get isRetryable(): boolean {
    return this.code === 'NETWORK' || this.errors.some(({ extensions }) => extensions?.isRetryable === true);
  }
}

/** Whether something thrown or received is a list of errors of the graph. */
export function isErrorList(value: unknown): value is readonly GraphErrorEntry[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'object' && one !== null && 'message' in one)
  );
}
