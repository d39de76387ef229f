/** What is told of a step. Names, codes, numbers and ids of ours, never people, content or what was typed. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanStart {
  /** Of a bounded set. */
  readonly name: string;
  /** Whether it answers somebody, asks somebody, or takes up what was left for it. Default: none of these. */
  readonly kind?: 'server' | 'client' | 'consumer';
  readonly facts?: SpanFacts;
  /** What it is part of, as a W3C `traceparent`. Default: the step it is taken in. */
  readonly under?: string | undefined;
  /** What it goes back to, without being part of it: it begins a trace of its own then. */
  readonly after?: string | undefined;
}

/** Takes a step; `tell` adds facts that are known later. A `code` other than `OK` is a failure, and so is a throw. */
type Work<Result> = (tell: (facts: SpanFacts) => void) => Result;

/** Keeps what happens as traces. */
export interface SpanKeeper {
  run<Result>(start: SpanStart, work: Work<Result>): Result;
  /** The step that this is called in, as a W3C `traceparent`. */
  here(): string | undefined;
  /** Hands on what is kept. Never rejects. */
  close(): Promise<void>;
}

let keeper: SpanKeeper | undefined;

/** From now on steps are kept; before, and by default, they cost nothing. Answers what ends it. */
export function keepSpans(by: SpanKeeper): () => Promise<void> {
  keeper = by;
  return async () => {
    if (keeper === by) keeper = undefined;
    await by.close();
  };
}

/** One step of the work, which may be a promise. */
export function span<Result>(start: SpanStart, work: Work<Result>): Result {
  return keeper ? keeper.run(start, work) : work(ignore);
}

/** The step that this is called in, as a W3C `traceparent`; undefined while nothing is kept. */
export function spanHere(): string | undefined {
  return keeper?.here();
}

function ignore(): void {}
