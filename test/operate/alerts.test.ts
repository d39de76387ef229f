import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { createDrain } from '../../src/operate/drain.js';
import { startMetrics } from '../../src/operate/measure.js';
import { operatorRoutes } from '../../src/operate/routes.js';

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

test('Every alert and every panel asks for metrics that there are, and every metric of ours is shown.', async () => {
  const metrics = startMetrics();
  operatorRoutes({
    ...{ role: 'gateway', checks: {}, metrics, drain: createDrain(0) },
    live: { countsByKind: () => new Map(), activeByProvider: async () => new Map() },
  });
  const known = new Set(
    (await metrics.registry.getMetricsAsJSON())
      .map(({ name }) => name)
      .filter((name) => name.startsWith('sealgraph_')),
  );
  const { groups } = rules.parse(parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8')));
  const alerts = groups.flatMap((group) => group.rules);
  const { panels } = dashboard.parse(JSON.parse(readFileSync('deploy/grafana/sealgraph.json', 'utf8')));
  const shown = new Set<string>();
  const asked = [
    ...alerts.map(({ alert, expr }) => [alert, expr] as const),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ];
  for (const [where, expr] of asked)
    for (const name of expr.match(/sealgraph_\w+/g) ?? []) {
      const metric = name.replace(/_bucket$/, '');
      assert.ok(known.has(metric), `${where} asks for ${name}`);
      shown.add(metric);
    }
  assert.deepEqual(
    [...known].filter((name) => !shown.has(name)),
    [],
  );
  assert.equal(new Set(alerts.map(({ alert }) => alert)).size, alerts.length);
});
