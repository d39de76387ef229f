import type { ComponentChildren } from 'preact';
import type { LiveEvent } from '../graph/client.js';
import { Nothing, When } from './parts.js';

/** The events of a subscription, newest first; new ones are read out. */
export function Timeline<Event extends LiveEvent>({
  events,
  describe,
}: {
  events: readonly Event[];
  describe: (event: Event) => ComponentChildren;
}) {
  if (events.length === 0) return <Nothing>Listening …</Nothing>;
  return (
    <ol class="timeline" reversed aria-live="polite">
      {[...events].reverse().map((event) => (
        <li key={event.cursor} class={event.isTerminal ? 'last' : ''}>
          <span class="moment">
            <When at={event.observedAt} /> · event {event.sequence}
          </span>
          <span class="row">{describe(event)}</span>
          {event.isTerminal && <span class="hint">The last event: the subscription is complete.</span>}
        </li>
      ))}
    </ol>
  );
}
