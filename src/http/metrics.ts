import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { pageRoute, type HttpRoute } from './respond.js';

/** Numbers by the value of a label. */
type Labelled = ReadonlyMap<string, number>;

/** The metrics of one running Sealgraph. Labels are names of ours (provider, operation, outcome), never ids or people. */
export interface Metrics {
  /** Instruments are created on it: `new Counter({ ..., registers: [metrics.registry] })`. */
  readonly registry: Registry;
  /** Adds a number that is read when the metrics are asked for. */
  gauge(name: string, help: string, read: () => number): void;
  /** The same by the value of a label; what is not answered any more is gone, and everything while it cannot be read. */
  gauges(name: string, help: string, label: string, read: () => Promise<Labelled> | Labelled): void;
  /** Adds what never changes, as labels of a number that is 1. */
  info(name: string, help: string, labels: Readonly<Record<string, string>>): void;
  /** `/metrics` in the Prometheus text format. */
  readonly route: HttpRoute;
}

/** A registry of its own, so that two in one process do not mix; it begins with the figures of the process itself. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    gauges(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          const numbers = await Promise.resolve()
            .then(read)
            .catch((): Labelled => new Map());
          this.reset();
          for (const [value, number] of numbers) this.set({ [label]: value }, number);
        },
      });
    },
    info(name, help, labels) {
      new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] }).set({ ...labels }, 1);
    },
    route: pageRoute('/metrics', async () => ({
      status: 200,
      contentType: registry.contentType,
      body: await registry.metrics(),
    })),
  };
}
