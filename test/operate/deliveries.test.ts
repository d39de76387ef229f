import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { keepOrigin } from '../../src/event-origin.js';
import { startMetrics } from '../../src/operate/measure.js';
import { createTraces } from '../../src/operate/traces.js';
import { keepSpans } from '../../src/spans.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { MODES } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

const CHANGED = 'subscription { messageChanged(id: "1") { text to { balance } } }';
const OTHER = 'subscription { messageChanged(id: "1") { text to { name } } }';
const COMMIT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** Of each transport, what subscribes, and resolves with a function that waits for the next event. */
const TRANSPORTS = [
  [
    'websocket',
    async (endpoint: string, query: string) => {
      const client = await SocketClient.connect(endpoint);
      client.subscribe('a', query);
      return () => client.next();
    },
  ],
  [
    'stream',
    async (endpoint: string, query: string) => {
      const client = await StreamClient.open(endpoint, 'text/event-stream', query);
      return () => client.nextEvent();
    },
  ],
] as const;

for (const [mode, start] of MODES)
  for (const [transport, subscribe] of TRANSPORTS)
    test(`With subgraphs ${mode}, the way of an event to a ${transport} is measured, and belongs to the trace of its commit.`, async (t) => {
      const exporter = new InMemorySpanExporter();
      const processor = new SimpleSpanProcessor({ exporter });
      t.after(keepSpans(createTraces({ processor, role: 'test' })));
      const metrics = startMetrics();
      const { endpoint, world } = await start(t);
      const readers = await Promise.all([CHANGED, CHANGED, OTHER].map((query) => subscribe(endpoint, query)));
      for (const next of readers) await next();
      const publish = async (text: string, observedAt: number): Promise<void> => {
        const message = { id: '1', text, to: 'ann@example.org', sequence: 2 };
        world.changes.publish(keepOrigin(message, { field: 'messageChanged', observedAt, trace: COMMIT }));
        for (const next of readers) {
          const told = JSON.stringify(await next());
          assert.match(told, new RegExp(text));
          assert.doesNotMatch(told, /sealgraph|observedAt/);
        }
      };
      await publish('before they came', 1_000);
      await publish('just now', Date.now());

      const shown = await metrics.registry.metrics();
      const labels = `field="messageChanged",transport="${transport}"`;
      assert.match(shown, new RegExp(`sealgraph_delivery_latency_seconds_count{${labels}} 3\n`));
      const delivered = exporter
        .getFinishedSpans()
        .filter(({ name }) => name === 'deliver messageChanged')
        .map((span) => [span.parentSpanContext?.spanId, span.attributes['sealgraph.transport']]);
      // One for each execution, of which two readers share one.
      assert.deepEqual(new Set(delivered.map(String)), new Set([String([COMMIT.split('-')[2], transport])]));
    });
