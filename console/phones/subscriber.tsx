import { MessageEventsDocument, PushEventsDocument } from '../graph/generated.js';
import { useFollow } from '../graph/hooks.js';
import { Card, Errors, Status } from '../ui/parts.js';
import { Timeline } from '../ui/timeline.js';

/** What a subscriber to one message sees, live. */
export function MessageView({ id }: { id: string }) {
  const { events, error } = useFollow(MessageEventsDocument, { id });
  const latest = events.at(-1)?.twoFactorMessage;
  return (
    <Card title={latest?.subject ?? 'Message'} hint="What a subscriber to twoFactorMessageChanged sees.">
      {latest && (
        <p class="outcome">
          Outcome <Status of={latest.outcome} />
        </p>
      )}
      <Errors of={error === undefined ? [] : [{ message: error }]} />
      <Timeline
        events={events}
        describe={({ changes }) =>
          changes.map(({ userId, to }) => (
            <span key={userId}>
              {userId} <Status of={to} />
            </span>
          ))
        }
      />
    </Card>
  );
}

/** What a subscriber to one VIP push sees, live. */
export function PushView({ id }: { id: string }) {
  const { events, error } = useFollow(PushEventsDocument, { id });
  const latest = events.at(-1)?.vipPush;
  return (
    <Card title="VIP push" hint="What a subscriber to vipPushChanged sees.">
      {latest && (
        <p class="outcome">
          Outcome <Status of={latest.state} />
        </p>
      )}
      <Errors of={error === undefined ? [] : [{ message: error }]} />
      <Timeline
        events={events}
        describe={({ changes }) => changes.map(({ to }) => <Status key={to} of={to} />)}
      />
    </Card>
  );
}
