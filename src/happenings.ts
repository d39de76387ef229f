import { channel, type Channel } from 'node:diagnostics_channel';

/**
 * Something that happens in this process again and again, told to whoever listens: metrics and the like. Costs next to
 * nothing while nobody does. Facts are names, codes and numbers of ours, never ids, people or content.
 */
export class Happening<Facts extends object> {
  readonly #channel: Channel;

  constructor(name: string) {
    this.#channel = channel(`sealgraph:${name}`);
  }

  tell(facts: Facts): void {
    if (this.#channel.hasSubscribers) this.#channel.publish(facts);
  }

  /** Answers what ends it. */
  listen(listener: (facts: Facts) => void): () => void {
    // What comes by the channel was told by `tell`.
    const onMessage = (facts: unknown): void => listener(facts as Facts);
    this.#channel.subscribe(onMessage);
    return () => void this.#channel.unsubscribe(onMessage);
  }
}

/** Why watches end. */
type EndReason = 'FINISHED' | 'DEADLINE' | 'CREDENTIAL_EXPIRED' | 'NOT_FOUND';

export const happenings = {
  /** An operation of a client has ended. */
  operation: new Happening<{
    /** Its root field, of those there are. */
    readonly field: string;
    readonly type: string;
    readonly transport: 'http' | 'stream' | 'websocket';
    /** `OK`, or the code of its first error. */
    readonly code: string;
    readonly durationMs: number;
  }>('operation'),
  /** A caller was turned away before anything ran. */
  refusal: new Happening<{ readonly code: string }>('refusal'),
  /** A mutation has ended, or access to something else was denied. */
  command: new Happening<{
    /** Of the graph, such as `Mutation.sendTwoFactorMessage`. */
    readonly field: string;
    /** `OK`, the code of the problem, or that of the error. */
    readonly code: string;
  }>('command'),
  /** The keys of a token issuer were fetched, or could not be. */
  keys: new Happening<{ readonly outcome: 'ok' | 'kept' | 'none' }>('keys'),
  /** An attempt at a provider has ended. */
  call: new Happening<{
    readonly provider: string;
    readonly operation: string;
    /** Whether an operation of a client waited for it. */
    readonly isForOperation: boolean;
    /** `OK`, or why it failed. */
    readonly outcome: string;
    readonly durationMs: number;
  }>('call'),
  breaker: new Happening<{
    readonly provider: string;
    readonly kind: string;
    readonly state: 'closed' | 'open' | 'half-open';
  }>('breaker'),
  /** Calls at a provider that are under way, and that wait, have changed. */
  slots: new Happening<{ readonly provider: string; readonly used: number; readonly waiting: number }>(
    'slots',
  ),
  /** A poll begins. */
  poll: new Happening<{ readonly provider: string; readonly latenessMs: number }>('poll'),
  /** A watch of a kind was read by a poll. */
  reading: new Happening<{ readonly kind: string; readonly outcome: string }>('reading'),
  /** A watch has begun, or ended for this reason. */
  watch: new Happening<{ readonly kind: string; readonly state: 'BEGUN' | EndReason }>('watch'),
  /** So many more events wait for a reader, or fewer. */
  waiting: new Happening<{ readonly place: 'watch' | 'operation'; readonly more: number }>('waiting'),
  /** A change was handed to the subscribers of this process. */
  event: new Happening<{ readonly kind: string; readonly latencyMs: number; readonly readers: number }>(
    'event',
  ),
  /** A slow reader will not be told an event of its own for each change. */
  conflation: new Happening<{ readonly place: 'watch' | 'operation' }>('conflation'),
  /** The store was asked something. */
  store: new Happening<{
    readonly port: string;
    readonly operation: string;
    readonly outcome: 'ok' | 'error';
    readonly durationMs: number;
  }>('store'),
  /** A certificate that we show was read. */
  certificate: new Happening<{ readonly name: string; readonly expiresAt: number }>('certificate'),
};
