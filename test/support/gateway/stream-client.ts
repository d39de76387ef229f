import { within } from './within.js';

/** Reads the parts of an HTTP event stream, SSE or multipart, as they come. */
export class StreamClient {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  private constructor(response: Response, abort: AbortController) {
    if (!response.body) throw new Error('no body');
    this.response = response;
    this.#abort = abort;
    this.#reader = response.body.getReader();
  }

  static async open(
    endpoint: string,
    accept: string,
    query: string,
    options: { variables?: object; headers?: Record<string, string> } = {},
  ): Promise<StreamClient> {
    return StreamClient.say(endpoint, accept, { query, variables: options.variables }, options.headers);
  }

  /** Sends any body. */
  static async say(
    endpoint: string,
    accept: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<StreamClient> {
    const abort = new AbortController();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: JSON.stringify(body),
      signal: abort.signal,
    });
    return new StreamClient(response, abort);
  }

  /** Everything up to and including the next `separator`; undefined at the end of the stream. */
  async until(separator: string): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf(separator);
      if (end >= 0) {
        const found = this.#text.slice(0, end + separator.length);
        this.#text = this.#text.slice(end + separator.length);
        return found;
      }
      const { done, value } = await within(this.#reader.read(), 'a part of the stream');
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next SSE event with a name: `[event, data]`. */
  async nextEvent(): Promise<[string, unknown] | undefined> {
    for (;;) {
      const block = await this.until('\n\n');
      if (block === undefined) return undefined;
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event) return [event, data ? JSON.parse(data) : undefined];
    }
  }

  /** The next multipart part that is not a heartbeat. */
  async nextPart(): Promise<unknown> {
    for (;;) {
      const block = await this.until('\r\n--graphql');
      const json = block === undefined ? undefined : /\r\n\r\n([^]*)\r\n--graphql$/.exec(block)?.[1];
      if (json === undefined) return undefined;
      if (json !== '{}') return JSON.parse(json);
    }
  }

  /** Goes away. */
  abort(): void {
    this.#abort.abort();
  }
}
