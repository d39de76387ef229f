import { seenEvents } from '../graph/client.js';
import { send, usePolled } from '../simulators/control.js';
import { Card, Nothing, Status, When } from '../ui/parts.js';
import { useStore } from '../ui/store.js';
import { Plug } from './plug.js';

/** A call to a provider, or a change of its breaker. */
interface Line {
  readonly number: number;
  readonly at: number;
  readonly provider: string;
  readonly operation?: string;
  readonly method?: string;
  readonly kind?: string;
  readonly status?: number;
  readonly code?: string;
  readonly durationMs?: number;
  readonly state?: string;
}

const SHOWN = 60;

/** What goes over the wire, what comes back to subscribers, and the plugs. */
export function WirePanel() {
  const { value: lines = [] } = usePolled(() => send<Line[]>('wire?after=0'));
  const { value: plugs = {}, reload: reloadPlugs } = usePolled(
    () => send<Record<string, boolean>>('plugs'),
    3_000,
  );
  const events = useStore(seenEvents);
  const breakers = new Map(
    lines.filter(({ state }) => state !== undefined).map((line) => [line.provider, line.state ?? '']),
  );
  const calls = lines
    .filter(({ operation }) => operation !== undefined)
    .slice(-SHOWN)
    .reverse();

  return (
    <>
      <Card title="Plugs" hint="Pull one, use the other panels, and watch nulls, breakers and the recovery.">
        <div class="plugs">
          {Object.entries(plugs).map(([name, isPlugged]) => (
            <Plug
              key={name}
              name={name}
              isPlugged={isPlugged}
              breaker={breakers.get(name)}
              onToggle={async (isWanted) => {
                await send('plugs', { name, isPlugged: isWanted });
                reloadPlugs();
              }}
            />
          ))}
        </div>
      </Card>
      <div class="columns">
        <Card title="Calls to providers" hint="Every attempt on the wire, newest first.">
          {calls.length === 0 && <Nothing>No calls yet.</Nothing>}
          <div class="scroll" tabIndex={0} role="region" aria-label="Calls to providers">
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Provider</th>
                  <th scope="col">Operation</th>
                  <th scope="col">Status</th>
                  <th scope="col">ms</th>
                </tr>
              </thead>
              <tbody>
                {calls.map(({ number, at, provider, operation, method, status, code, durationMs }) => (
                  <tr key={number}>
                    <td>
                      <When at={at} />
                    </td>
                    <td>{provider}</td>
                    <td>
                      <span class="hint">{method}</span> {operation}
                    </td>
                    <td>
                      <Status
                        of={String(status ?? code)}
                        tone={status !== undefined && status < 400 ? 'good' : 'bad'}
                      />
                    </td>
                    <td class="number">{durationMs}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
        <Card
          title="Events"
          hint="What this page's own subscriptions have been told, with the cursors to resume behind."
        >
          {events.length === 0 && <Nothing>No events yet: ask a phone, or look at the boxes.</Nothing>}
          <ol class="timeline">
            {events.map(({ at, field, sequence, source, cursor }) => (
              <li key={cursor}>
                <span class="moment">
                  <When at={at} /> · {field} {sequence} · {source.toLowerCase()}
                </span>
                <code class="cursor">{cursor}</code>
              </li>
            ))}
          </ol>
        </Card>
      </div>
    </>
  );
}
