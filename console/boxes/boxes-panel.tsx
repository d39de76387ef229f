import { useState } from 'preact/hooks';
import { BoxesDocument, InboxEventsDocument } from '../graph/generated.js';
import { useFollow, useQuestion } from '../graph/hooks.js';
import { useSessions } from '../graph/sessions.js';
import { Card, Errors, Nothing, Status } from '../ui/parts.js';
import { BoxView } from './box-view.js';
import { NewBox } from './new-box.js';

/** SafeBoxes of the demo account, and the life of one of them. */
export function BoxesPanel() {
  const { isReady, error } = useSessions('safeBoxSession');
  const [chosen, setChosen] = useState<string>();
  const { data, errors, reload } = useQuestion(BoxesDocument, isReady ? {} : null);
  const inbox = useFollow(InboxEventsDocument, isReady ? {} : null, reload);
  const latest = inbox.events.at(-1);
  const boxes = data?.safeBoxes?.edges.map(({ node }) => node) ?? [];
  const shown = chosen ?? boxes[0]?.guid;

  return (
    <div class="columns">
      <div>
        <Card title="Inbox" hint="SafeBoxes of ada, the demo account. Changes arrive by themselves.">
          {latest && (
            <p class="figures" aria-live="polite">
              <strong>{latest.openCount}</strong> open · <strong>{latest.unreadCount}</strong> unread
            </p>
          )}
          <Errors of={error === undefined ? errors : [{ message: error }]} />
          {data && boxes.length === 0 && <Nothing>There is no SafeBox.</Nothing>}
          <ul class="list">
            {boxes.map(({ guid: id, subject, status, unreadCount }) => (
              <li key={id}>
                <button type="button" class="item" aria-pressed={id === shown} onClick={() => setChosen(id)}>
                  <span class="grow">{subject ?? 'Without a subject'}</span>
                  {unreadCount ? <span class="count">{unreadCount} new</span> : null}
                  <Status of={status} />
                </button>
              </li>
            ))}
          </ul>
        </Card>
        <NewBox
          onSent={(id) => {
            setChosen(id);
            reload();
          }}
        />
      </div>
      <div>{isReady && shown !== undefined && <BoxView key={shown} id={shown} onChanged={reload} />}</div>
    </div>
  );
}
