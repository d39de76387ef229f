import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { happenings } from '../../src/happenings.js';
import { createDrain } from '../../src/operate/drain.js';
import { startMetrics } from '../../src/operate/measure.js';
import { operatorRoutes } from '../../src/operate/routes.js';
import { packagePath } from '../../src/package-path.js';
import { runProgram } from '../support/run-program.js';
import { temporaryDirectory } from '../support/simulators.js';

const RULES = packagePath('deploy/prometheus/alerts.yml');
const MINUTES = 30;
const DAY_MS = 86_400_000;

/** How often something happens in a minute of trouble. */
function times(count: number, tell: () => void): void {
  for (let n = 0; n < count; n++) tell();
}

const call = (outcome: string) => ({
  ...{ provider: 'safebox', operation: 'read', isForOperation: true },
  ...{ outcome, durationMs: 20 },
});
const keep = (outcome: 'ok' | 'error') => ({ port: 'records', operation: 'put', outcome, durationMs: 1 });
const end = (code: string) =>
  ({ field: 'safeBox', type: 'query', transport: 'http', code, durationMs: 9 }) as const;

/** What happens in a minute in which all is well. For Prometheus it is 1970. */
function calm(): void {
  times(60, () => happenings.operation.tell(end('OK')));
  times(2, () => happenings.operation.tell(end('PROVIDER_UNAVAILABLE')));
  times(60, () => happenings.call.tell(call('OK')));
  times(2, () => happenings.call.tell(call('PROVIDER_TIMEOUT')));
  times(30, () => happenings.store.tell(keep('ok')));
  times(9, () => happenings.refusal.tell({ code: 'UNAUTHENTICATED' }));
  times(20, () => happenings.poll.tell({ provider: 'safebox', latenessMs: 200 }));
  times(20, () => happenings.reading.tell({ kind: 'safebox.box', outcome: 'SAME' }));
  times(20, () => happenings.event.tell({ kind: 'safebox.box', latencyMs: 300, readers: 2 }));
  happenings.keys.tell({ outcome: 'ok' });
  happenings.breaker.tell({ provider: 'safebox', kind: 'read', state: 'closed' });
  happenings.slots.tell({ provider: 'safebox', used: 3, waiting: 2 });
  happenings.certificate.tell({ name: 'VIP_CERT_FILE', expiresAt: 90 * DAY_MS });
}

interface Trouble {
  /** What happens besides, or instead, in each of its minutes. */
  readonly tell?: () => void;
  /** Whether nothing else happens then. */
  readonly alone?: boolean;
  /** Whether Prometheus reaches the process. Default true. */
  readonly isUp?: boolean;
}

/** By alert, what provokes it. */
const troubles: Readonly<Record<string, Trouble>> = {
  SealgraphDown: { isUp: false },
  SealgraphProviderBroken: {
    tell: () => happenings.breaker.tell({ provider: 'safebox', kind: 'read', state: 'open' }),
  },
  SealgraphProviderFailing: {
    tell: () => times(10, () => happenings.call.tell(call('PROVIDER_UNAVAILABLE'))),
  },
  SealgraphCallsWaiting: {
    tell: () => happenings.slots.tell({ provider: 'safebox', used: 20, waiting: 51 }),
  },
  SealgraphPollsLate: {
    tell: () => times(20, () => happenings.poll.tell({ provider: 'safebox', latenessMs: 20_000 })),
  },
  SealgraphNobodyPolls: { alone: true },
  SealgraphEventsLate: {
    tell: () => times(20, () => happenings.event.tell({ kind: 'safebox.box', latencyMs: 9_000, readers: 2 })),
  },
  SealgraphStoreFailing: { tell: () => happenings.store.tell(keep('error')) },
  SealgraphFaults: { tell: () => happenings.operation.tell(end('INTERNAL')) },
  SealgraphCallersRefused: {
    tell: () => times(400, () => happenings.refusal.tell({ code: 'UNAUTHENTICATED' })),
  },
  SealgraphTokenKeysUnreachable: { tell: () => happenings.keys.tell({ outcome: 'kept' }) },
  SealgraphCertificateExpires: {
    tell: () => happenings.certificate.tell({ name: 'VIP_CERT_FILE', expiresAt: 20 * DAY_MS }),
  },
};

const rules = z.object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string() })) })) });

/** What our own metrics say, minute by minute, as `promtool` takes it: half an hour of calm, then one of trouble. */
async function seriesOf(trouble: Trouble | undefined) {
  const metrics = startMetrics();
  const live = { countsByKind: () => new Map([['safebox.box', { subscribers: 2, watches: 1 }]]) };
  operatorRoutes({ role: 'gateway', checks: {}, metrics, drain: createDrain(0), live });
  const values = new Map<string, string[]>();
  const keepValue = (series: string, minute: number, value: string): void => {
    const known = values.get(series) ?? Array.from({ length: minute }, () => '_');
    values.set(series, [...known, value]);
  };
  for (let minute = 0; minute < 2 * MINUTES; minute++) {
    const now = minute < MINUTES ? undefined : trouble;
    if (now?.alone !== true) calm();
    now?.tell?.();
    const text = await metrics.registry.metrics();
    for (const line of text.split('\n')) {
      const [, series, value] = /^(sealgraph_\S+) (\S+)$/.exec(line) ?? [];
      if (series !== undefined && value !== undefined) keepValue(series, minute, value);
    }
    keepValue('up{job="sealgraph"}', minute, now?.isUp === false ? '0' : '1');
  }
  return [...values].map(([series, found]) => ({ series, values: found.join(' ') }));
}

function firing(minute: number, alerts: readonly string[]) {
  return {
    expr: 'sum by (alertname) (ALERTS{alertstate="firing"}) > bool 0',
    eval_time: `${minute}m`,
    exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
  };
}

test('Each alert fires in the trouble it is for, and none before it, by the metrics we tell.', async (t) => {
  const { groups } = rules.parse(parse(readFileSync(RULES, 'utf8')));
  const alerts = groups.flatMap((group) => group.rules.map(({ alert }) => alert));
  assert.deepEqual(Object.keys(troubles).toSorted(), alerts.toSorted());
  const tests = [];
  for (const [alert, trouble] of Object.entries(troubles))
    tests.push({
      interval: '1m',
      input_series: await seriesOf(trouble),
      promql_expr_test: [firing(MINUTES - 1, []), firing(2 * MINUTES - 1, [alert])],
    });
  const file = join(await temporaryDirectory(t), 'alerts.test.yml');
  writeFileSync(file, stringify({ rule_files: [RULES], evaluation_interval: '1m', tests }));
  await runProgram('promtool', ['check', 'rules', RULES]);
  await runProgram('promtool', ['test', 'rules', file]);
});
