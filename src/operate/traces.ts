import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span, SpanContext } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanFacts, SpanKeeper, SpanStart } from '../spans.js';
import { versionFacts } from './version.js';

export interface TracesOptions {
  /** What takes the spans on. */
  readonly processor: SpanProcessor;
  /** What this process is, such as `gateway`. */
  readonly role: string;
  /** How much of what begins here is kept, from 0 to 1; what belongs to a trace that is kept always is. Default 1. */
  readonly ratio?: number;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;

/** Keeps steps as spans of OpenTelemetry. Attributes are named `sealgraph.<fact>`. */
export function createTraces({ processor, role, ratio = 1 }: TracesOptions): SpanKeeper {
  const { version } = versionFacts();
  const root = ratio === 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(ratio);
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root }),
    spanProcessors: [processor],
    resource: resourceFromAttributes({
      'service.namespace': 'sealgraph',
      'service.name': `sealgraph-${role}`,
      'service.version': version,
    }),
  });
  const tracer = provider.getTracer('sealgraph');
  // Of our own, so that no library in the same process is drawn in.
  const steps = new AsyncLocalStorage<Context>();

  return {
    run({ name, kind, facts = {}, under, after }, work) {
      const parent = contextOf({ under, after }) ?? steps.getStore() ?? ROOT_CONTEXT;
      const cause = after === undefined ? undefined : parsed(after);
      const step = tracer.startSpan(
        name,
        {
          ...(kind && { kind: KINDS[kind] }),
          attributes: attributesOf(facts),
          ...(cause && { links: [{ context: cause }] }),
        },
        parent,
      );
      return ended(step, () =>
        steps.run(trace.setSpan(parent, step), () => work((more) => note(step, more))),
      );
    },
    here() {
      const context = trace.getSpanContext(steps.getStore() ?? ROOT_CONTEXT);
      return context && `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}`;
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Undefined: the step it is taken in. */
function contextOf({ under, after }: Pick<SpanStart, 'under' | 'after'>): Context | undefined {
  if (after !== undefined) return ROOT_CONTEXT;
  const context = under === undefined ? undefined : parsed(under);
  return context && trace.setSpanContext(ROOT_CONTEXT, context);
}

/** Undefined for what is not a `traceparent`. */
function parsed(traceparent: string): SpanContext | undefined {
  const found = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent);
  const [, traceId, spanId, flags] = found ?? [];
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

function ended<Result>(step: Span, work: () => Result): Result {
  let result: Result;
  try {
    result = work();
  } catch (error) {
    fail(step, error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    step.end();
    return result;
  }
  // Looked at beside its reader, who is the one to take what it rejects with.
  result.then(
    () => step.end(),
    (error: unknown) => fail(step, error),
  );
  return result;
}

/** What it says may quote a provider: its code, or its name, is all that is kept. */
function fail(step: Span, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const name = error instanceof Error ? error.name : typeof error;
  note(step, { code: typeof code === 'string' ? code : name });
  step.end();
}

function note(step: Span, facts: SpanFacts): void {
  step.setAttributes(attributesOf(facts));
  if (facts['code'] !== undefined && facts['code'] !== 'OK') step.setStatus({ code: SpanStatusCode.ERROR });
}

function attributesOf(facts: SpanFacts): Attributes {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`sealgraph.${name}`, value]));
}
