import { useState } from 'preact/hooks';
import { command } from '../graph/client.js';
import { CloseBoxDocument } from '../graph/generated.js';
import { tell } from '../simulators/control.js';
import { Action, Card, Field } from '../ui/parts.js';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** What the owner, a guest and time can do to a SafeBox. */
export function BoxActs({
  id,
  guests,
  isOpen,
  onActed,
}: {
  id: string;
  guests: readonly string[];
  isOpen: boolean;
  onActed: () => void;
}) {
  const [note, setNote] = useState('I have read it.');
  const [email] = guests;
  const act =
    (what: 'read' | 'download' | 'reply'): (() => Promise<void>) =>
    async () => {
      await tell('safebox', 'guest', { guid: id, email, act: what, ...(what === 'reply' && { note }) });
      onActed();
    };
  const close = async (): Promise<void> => {
    await command(CloseBoxDocument, { input: { id } });
    onActed();
  };
  const wait = async (): Promise<void> => {
    await tell('safebox', 'advanceClock', { ms: WEEK_MS });
    onActed();
  };
  return (
    <Card title="Act" hint={email === undefined ? 'As the owner.' : `As the owner, or as ${email}.`}>
      {isOpen && email !== undefined && (
        <>
          <div class="row">
            <Action label="Guest reads" run={act('read')} />
            <Action label="Guest downloads" run={act('download')} />
          </div>
          <Field label="Words of the guest" value={note} onInput={setNote} />
          <Action label="Guest replies" run={act('reply')} />
        </>
      )}
      <div class="row">
        <Action label="Close as the owner" tone="bad" disabled={!isOpen} run={close} />
        <Action label="Let a week pass" run={wait} />
      </div>
      <p class="hint">A week later the SafeBox has expired; the provider's clock stays ahead.</p>
    </Card>
  );
}
