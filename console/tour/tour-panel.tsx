import { command } from '../graph/client.js';
import { MessageEventsDocument, SendMessageDocument } from '../graph/generated.js';
import { useFollow } from '../graph/hooks.js';
import { Phone } from '../phones/phone.js';
import { pendingPushes } from '../phones/phones.js';
import { usePolled } from '../simulators/control.js';
import { Action, Status } from '../ui/parts.js';
import { createStore, useStore } from '../ui/store.js';
import { Timeline } from '../ui/timeline.js';

const YOU = 'you@example.test';

/** How far one has come; looking at another panel does not begin it anew. */
const progress = createStore<{ readonly id?: string | undefined; readonly hasTapped: boolean }>({
  hasTapped: false,
});

/** One minute, nothing to type: ask for an approval, tap it on the phone, see the event. */
export function TourPanel({ onDone }: { onDone: () => void }) {
  const { id, hasTapped } = useStore(progress);
  const { value: pushes = [], reload } = usePolled(pendingPushes);
  const { events } = useFollow(MessageEventsDocument, id === undefined ? null : { id });
  const push = pushes.find((one) => one.id === id);
  const outcome = events.at(-1)?.twoFactorMessage.outcome ?? 'PENDING';
  const isDecided = outcome !== 'PENDING';

  const ask = async (): Promise<void> => {
    const { twoFactorMessage } = await command(SendMessageDocument, {
      input: { recipients: [YOU], subject: 'Payment 4711', body: 'Pay 120 € to the bakery?' },
    });
    progress.set({ id: twoFactorMessage?.messageId, hasTapped: false });
    reload();
  };

  return (
    <div class="tour">
      <h1>Sealgraph in one minute</h1>
      <p class="lead">
        One GraphQL API over five secure-messaging providers. They are all simulated here: nothing leaves this
        machine.
      </p>
      <ol class="steps">
        <li class={id === undefined ? 'now' : 'done'}>
          <h2>Ask for an approval</h2>
          <p>A program calls the mutation sendTwoFactorMessage.</p>
          <Action label="Send it" tone="main" disabled={id !== undefined && !isDecided} run={ask} />
        </li>
        <li class={id === undefined ? '' : isDecided ? 'done' : 'now'}>
          <h2>Tap it on your phone</h2>
          {push && !isDecided ? (
            <Phone
              push={push}
              onAnswered={() => {
                progress.set({ id, hasTapped: true });
                reload();
              }}
            />
          ) : (
            <p>{isDecided || hasTapped ? 'You have answered.' : 'It arrives here.'}</p>
          )}
        </li>
        <li class={isDecided ? 'now' : ''}>
          <h2>See the event</h2>
          {id === undefined ? (
            <p>The program subscribes to twoFactorMessageChanged.</p>
          ) : (
            <>
              <p class="outcome">
                Outcome <Status of={outcome} />
              </p>
              <Timeline
                events={events}
                describe={({ changes }) => changes.map(({ userId, to }) => <Status key={userId} of={to} />)}
              />
            </>
          )}
        </li>
      </ol>
      <p class="row">
        <button type="button" class={isDecided ? 'main' : 'quiet'} onClick={onDone}>
          {isDecided ? 'Go on to the phones' : 'Skip the tour'}
        </button>
        <a href="/graphiql">Open GraphiQL</a>
      </p>
    </div>
  );
}
