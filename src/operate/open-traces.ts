import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from '../log.js';
import type { SpanKeeper } from '../spans.js';
import { createTraces } from './traces.js';

export interface OpenTracesOptions {
  /** Where OTLP over HTTP is taken, such as `http://collector:4318/v1/traces`. */
  readonly url: string;
  readonly role: string;
  readonly ratio: number;
  readonly logger: Logger;
}

const SENT_WITHIN_MS = 5_000;

/** Keeps steps as traces, and sends them to a collector, some seconds later and many at a time. */
export function openTraces({ url, role, ratio, logger }: OpenTracesOptions): SpanKeeper {
  const exporter = telling(new OTLPTraceExporter({ url, timeoutMillis: SENT_WITHIN_MS }), logger);
  const processor = new BatchSpanProcessor({ exporter, exportTimeoutMillis: SENT_WITHIN_MS });
  return createTraces({ processor, role, ratio });
}

/** Says so when traces begin to be lost, and when they no longer are. */
function telling(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isLosing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined;
        if (failed && !isLosing)
          logger.warn({ setting: 'TRACES_URL' }, 'traces cannot be sent; they are lost');
        if (!failed && isLosing) logger.info({ setting: 'TRACES_URL' }, 'traces are sent again');
        isLosing = failed;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
