import { useState } from 'preact/hooks';
import { command } from '../graph/client.js';
import { PushUserDocument, SendMessageDocument } from '../graph/generated.js';
import { usePolled } from '../simulators/control.js';
import { Action, Card, Field, Nothing } from '../ui/parts.js';
import { createStore, useStore } from '../ui/store.js';
import { Phone } from './phone.js';
import { pendingPushes } from './phones.js';
import { MessageView, PushView } from './subscriber.js';

/** What was asked of somebody's phone. */
type Asked = { readonly provider: 'messaging2fa' | 'vipidentity'; readonly id: string };

// The page still follows it when one comes back from another panel.
const asked = createStore<readonly Asked[]>([]);
const ignored = createStore<ReadonlySet<string>>(new Set());

/** Left what the asking program sees, right what the person sees. */
export function PhonesPanel() {
  const [person, setPerson] = useState('you@example.test');
  const [subject, setSubject] = useState('Payment 4711');
  const questions = useStore(asked);
  const laidAside = useStore(ignored);
  const { value: pushes = [], reload } = usePolled(pendingPushes);

  const remember = (one: Asked): void => {
    asked.set([one, ...asked.get()].slice(0, 5));
    reload();
  };
  const askByPassByMe = async (): Promise<void> => {
    const { twoFactorMessage } = await command(SendMessageDocument, {
      input: { recipients: [person], subject, body: 'Do you approve?' },
    });
    if (twoFactorMessage) remember({ provider: 'messaging2fa', id: twoFactorMessage.messageId });
  };
  const askByVip = async (): Promise<void> => {
    const { vipPush } = await command(PushUserDocument, {
      input: { userId: 'cid+pending@example.com', title: subject, text: 'Is this you?', timeoutSeconds: 300 },
    });
    if (vipPush) remember({ provider: 'vipidentity', id: vipPush.transactionId });
  };

  return (
    <div class="columns">
      <div>
        <Card title="Ask" hint="This is the program that needs a yes.">
          <div class="row">
            <Field label="Whom" value={person} onInput={setPerson} />
            <Field label="What" value={subject} onInput={setSubject} />
          </div>
          <div class="row">
            <Action label="Ask by PassBy[ME]" tone="main" run={askByPassByMe} />
            <Action label="Ask Cid by VIP" run={askByVip} />
          </div>
        </Card>
        {questions.map(({ provider, id }) =>
          provider === 'messaging2fa' ? <MessageView key={id} id={id} /> : <PushView key={id} id={id} />,
        )}
      </div>
      <div>
        <Card title="Phones" hint="What people have on their phones just now. Tap.">
          {pushes.length === 0 && <Nothing>Nothing waits for an answer. Ask somebody.</Nothing>}
          <div class="phones">
            {pushes
              .filter(({ id, person: owner }) => !laidAside.has(id + owner))
              .map((push) => (
                <Phone
                  key={push.id + push.person}
                  push={push}
                  onAnswered={reload}
                  onIgnored={() => ignored.set(new Set([...laidAside, push.id + push.person]))}
                />
              ))}
          </div>
          {laidAside.size > 0 && (
            <p class="hint">Ignored: {laidAside.size}. The sender sees them run out in time.</p>
          )}
        </Card>
      </div>
    </div>
  );
}
