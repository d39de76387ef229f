import { useState } from 'preact/hooks';
import { Action, Card, Field } from '../ui/parts.js';
import { DropZone } from './drop-zone.js';
import { sendInNewBox } from './upload.js';

/** Sends files to somebody. */
export function NewBox({ onSent }: { onSent: (id: string) => void }) {
  const [recipient, setRecipient] = useState('guest@ext.example');
  const [subject, setSubject] = useState('Contract');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [share, setShare] = useState(0);
  const send = async (): Promise<void> => {
    const id = await sendInNewBox(files, { subject, recipient }, setShare);
    setFiles([]);
    setShare(0);
    if (id !== null) onSent(id);
  };
  return (
    <Card title="Send a SafeBox">
      <div class="row">
        <Field label="To" value={recipient} onInput={setRecipient} />
        <Field label="Subject" value={subject} onInput={setSubject} />
      </div>
      <DropZone files={files} onFiles={setFiles} />
      {share > 0 && <progress value={share} max={1} aria-label="Sent of the files" />}
      <Action label="Send" tone="main" run={send} />
    </Card>
  );
}
