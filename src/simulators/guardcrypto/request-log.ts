/** One request by the names of what it brought, without any value. */
export interface LoggedRequest {
  readonly operation: string;
  /** Parameters in the query. */
  readonly query: readonly string[];
  /** Form fields, multipart parts or JSON fields. */
  readonly body: readonly string[];
}

const KEPT_REQUESTS = 200;

/** The newest 200 requests: shows where a client puts its parameters. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  add(operation: string, names: Omit<LoggedRequest, 'operation'>): void {
    this.#requests = [...this.#requests.slice(1 - KEPT_REQUESTS), { operation, ...names }];
  }

  list(): readonly LoggedRequest[] {
    return this.#requests;
  }
}
