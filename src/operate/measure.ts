import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { createMetrics, type Metrics } from '../http/metrics.js';
import { happenings } from '../happenings.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const PLACES = ['watch', 'operation'] as const;
const BREAKER_STATES = ['closed', 'half-open', 'open'] as const;

/** Metrics of what happens in this process from now on: to be made before anything else begins. */
export function startMetrics(): Metrics {
  const metrics = createMetrics();
  measure(metrics.registry);
  return metrics;
}

/** Makes metrics of what happens in this process from now on; answers what ends it. */
function measure(registry: Registry): () => void {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `sealgraph_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `sealgraph_${name}`, help, labelNames, registers });
  const seconds = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: `sealgraph_${name}`, help, labelNames, buckets: SECONDS, registers });

  const ends = [...operations(counter, seconds), ...providers(counter, gauge, seconds)];
  ends.push(...live(counter, gauge, seconds), ...store(counter, seconds));
  return () => {
    for (const end of ends) end();
  };
}

type MakeCounter = <L extends string>(name: string, help: string, labels: L[]) => Counter<L>;
type MakeGauge = <L extends string>(name: string, help: string, labels: L[]) => Gauge<L>;
type MakeHistogram = <L extends string>(name: string, help: string, labels: L[]) => Histogram<L>;

function operations(counter: MakeCounter, seconds: MakeHistogram): (() => void)[] {
  const labels = ['field', 'type', 'transport', 'code'] as const;
  const count = counter('operations_total', 'Operations of clients that have ended.', [...labels]);
  const duration = seconds(
    'operation_duration_seconds',
    'How long queries and mutations took, by root field.',
    ['field', 'type', 'transport'],
  );
  const refusals = counter('refusals_total', 'Callers and operations turned away before anything ran.', [
    'code',
  ]);
  const commands = counter('commands_total', 'Mutations, and access that was denied, by what came of them.', [
    'field',
    'code',
  ]);
  const keys = counter(
    'token_keys_fetches_total',
    'Fetches of the keys of token issuers: ok, kept (failed, the last keys are used), none (failed, there are none).',
    ['outcome'],
  );
  return [
    happenings.operation.listen(({ field, type, transport, code, durationMs }) => {
      count.inc({ field, type, transport, code });
      if (type !== 'subscription') duration.observe({ field, type, transport }, durationMs / 1_000);
    }),
    happenings.command.listen(({ field, code }) => commands.inc({ field, code })),
    happenings.refusal.listen(({ code }) => refusals.inc({ code })),
    happenings.keys.listen(({ outcome }) => keys.inc({ outcome })),
  ];
}

function providers(counter: MakeCounter, gauge: MakeGauge, seconds: MakeHistogram): (() => void)[] {
  const calls = counter('provider_calls_total', 'Attempts at providers.', [
    'provider',
    'operation',
    'outcome',
  ]);
  const duration = seconds('provider_call_duration_seconds', 'How long attempts at providers took.', [
    'provider',
    'operation',
  ]);
  const breaker = gauge('provider_breaker', '1 for the state the breaker is in.', [
    'provider',
    'kind',
    'state',
  ]);
  const used = gauge('provider_calls_in_flight', 'Calls at a provider that are under way.', ['provider']);
  const waiting = gauge('provider_calls_waiting', 'Calls that wait for one of those to end.', ['provider']);
  const certificate = gauge(
    'certificate_expiry_timestamp_seconds',
    'When a certificate that is shown to a provider runs out.',
    ['name'],
  );
  return [
    happenings.call.listen(({ provider, operation, outcome, durationMs }) => {
      calls.inc({ provider, operation, outcome });
      duration.observe({ provider, operation }, durationMs / 1_000);
    }),
    happenings.breaker.listen(({ provider, kind, state: now }) => {
      for (const state of BREAKER_STATES) breaker.set({ provider, kind, state }, state === now ? 1 : 0);
    }),
    happenings.slots.listen((slots) => {
      used.set({ provider: slots.provider }, slots.used);
      waiting.set({ provider: slots.provider }, slots.waiting);
    }),
    happenings.certificate.listen(({ name, expiresAt }) => certificate.set({ name }, expiresAt / 1_000)),
  ];
}

function live(counter: MakeCounter, gauge: MakeGauge, seconds: MakeHistogram): (() => void)[] {
  const lateness = seconds('poll_lateness_seconds', 'How long after its time a poll began.', ['provider']);
  const readings = counter('poll_readings_total', 'What polls have come to.', ['kind', 'outcome']);
  const events = counter('events_total', 'Changes handed to subscribers.', ['kind']);
  const latency = seconds(
    'event_latency_seconds',
    'From the observation of a change until it was handed to the subscribers of this process.',
    ['kind'],
  );
  const delivery = seconds(
    'delivery_latency_seconds',
    'From the observation of a change until it was given to the socket of a client who was there.',
    ['field', 'transport'],
  );
  const watches = counter('watches_total', 'Watches that have begun, and ended for what reason.', [
    'kind',
    'state',
  ]);
  const waiting = gauge('events_waiting', 'Events that wait for readers in this process.', ['place']);
  for (const place of PLACES) waiting.set({ place }, 0);
  const conflations = counter('conflations_total', 'Events that gave way to newer ones at a slow reader.', [
    'place',
  ]);
  return [
    happenings.poll.listen(({ provider, latenessMs }) =>
      lateness.observe({ provider }, Math.max(0, latenessMs) / 1_000),
    ),
    happenings.reading.listen(({ kind, outcome }) => readings.inc({ kind, outcome })),
    happenings.event.listen(({ kind, latencyMs, readers }) => {
      events.inc({ kind }, readers);
      latency.observe({ kind }, Math.max(0, latencyMs) / 1_000);
    }),
    happenings.delivery.listen(({ field, transport, latencyMs }) =>
      delivery.observe({ field, transport }, Math.max(0, latencyMs) / 1_000),
    ),
    happenings.watch.listen(({ kind, state }) => watches.inc({ kind, state })),
    happenings.waiting.listen(({ place, more }) => waiting.inc({ place }, more)),
    happenings.conflation.listen(({ place }) => conflations.inc({ place })),
  ];
}

function store(counter: MakeCounter, seconds: MakeHistogram): (() => void)[] {
  const labels = ['port', 'operation'] as const;
  const duration = seconds('store_duration_seconds', 'How long the store took to answer.', [...labels]);
  const errors = counter('store_errors_total', 'What the store could not do.', [...labels]);
  return [
    happenings.store.listen(({ port, operation, outcome, durationMs }) => {
      duration.observe({ port, operation }, durationMs / 1_000);
      if (outcome === 'error') errors.inc({ port, operation });
    }),
  ];
}
