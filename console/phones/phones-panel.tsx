import { useState } from 'preact/hooks';
import { command } from '../graph/client.js';
import { PushUserDocument, SendMessageDocument } from '../graph/generated.js';
import { usePolled } from '../simulators/control.js';
import { Action, Card, Field, Nothing } from '../ui/parts.js';
import { Phone } from './phone.js';
import { pendingPushes } from './phones.js';
import { MessageView, PushView } from './subscriber.js';

/** What was asked of somebody's phone. */
export type Asked = { readonly provider: 'messaging2fa' | 'vipidentity'; readonly id: string };

/** Left what the asking program sees, right what the person sees. */
export function PhonesPanel() {
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  const [person, setPerson] = useState('you@example.test');
  const [subject, setSubject] = useState('Payment 4711');
  const [ignored, setIgnored] = useState<ReadonlySet<string>>(new Set());
  const { value: pushes = [], reload } = usePolled(pendingPushes);

  const remember = (one: Asked): void => {
    setAsked((earlier) => [one, ...earlier].slice(0, 5));
    reload();
  };
  const askByPassByMe = async (): Promise<void> => {
    const { twoFactorMessage } = await command(SendMessageDocument, {
      input: { recipients: [person], subject, body: 'Do you approve?' },
    });
    if (twoFactorMessage) remember({ provider: 'messaging2fa', id: twoFactorMessage.id });
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
        {asked.map(({ provider, id }) =>
          provider === 'messaging2fa' ? <MessageView key={id} id={id} /> : <PushView key={id} id={id} />,
        )}
      </div>
      <div>
        <Card title="Phones" hint="What people have on their phones just now. Tap.">
          {pushes.length === 0 && <Nothing>Nothing waits for an answer. Ask somebody.</Nothing>}
          <div class="phones">
            {pushes
              .filter(({ id, person: owner }) => !ignored.has(id + owner))
              .map((push) => (
                <Phone
                  key={push.id + push.person}
                  push={push}
                  onAnswered={reload}
                  onIgnored={() => setIgnored(new Set([...ignored, push.id + push.person]))}
                />
              ))}
          </div>
          {ignored.size > 0 && (
            <p class="hint">Ignored: {ignored.size}. The sender sees them run out in time.</p>
          )}
        </Card>
      </div>
    </div>
  );
}
