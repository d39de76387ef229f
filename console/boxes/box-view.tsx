import { useState } from 'preact/hooks';
import { ask } from '../graph/client.js';
import { BoxDocument, BoxEventsDocument, BoxFilesDocument } from '../graph/generated.js';
import { useFollow, useQuestion } from '../graph/hooks.js';
import { Action, Card, Errors, Field, Nothing, Status, When } from '../ui/parts.js';
import { Timeline } from '../ui/timeline.js';
import { BoxActs } from './box-acts.js';
import { DropZone } from './drop-zone.js';
import { sendReply } from './upload.js';

/** One SafeBox: what is in it, what can be done with it, and its life. */
export function BoxView({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { data, errors, reload } = useQuestion(BoxDocument, { id });
  const { events, error } = useFollow(BoxEventsDocument, { id }, () => reload());
  const box = data?.safeBox;
  const changed = (): void => {
    reload();
    onChanged();
  };
  if (!box) return errors.length > 0 ? <Errors of={errors} /> : <Nothing>Looking …</Nothing>;
  const guests = box.participants?.filter(({ role }) => role !== 'owner').map(({ email }) => email) ?? [];
  return (
    <>
      <Card title={box.subject ?? 'Without a subject'}>
        <p class="row">
          <Status of={box.status} />
          <span>to {guests.join(', ')}</span>
          {box.expiresAt && (
            <span class="hint">
              closes <When at={box.expiresAt} />
            </span>
          )}
        </p>
        <Errors of={errors} />
        <ul class="messages">
          {box.messages?.map(({ id: key, note, authorType, createdAt, documents }) => (
            <li key={key} class={authorType ?? ''}>
              <span class="hint">
                {authorType} {createdAt && <When at={createdAt} />}
              </span>
              <p>{note}</p>
              {documents.map((document) => (
                <Action
                  key={document.id}
                  label={`Download ${document.name} (${document.sizeBytes ?? '?'} bytes)`}
                  run={() => download(id, document.id)}
                />
              ))}
            </li>
          ))}
        </ul>
        {box.status === 'IN_PROGRESS' && <Reply id={id} onSent={changed} />}
      </Card>
      <BoxActs id={id} guests={guests} isOpen={box.status === 'IN_PROGRESS'} onActed={changed} />
      <Card
        title="Its life"
        hint="What a subscriber to safeBoxChanged sees, and below what the provider has written down."
      >
        <Errors of={error === undefined ? [] : [{ message: error }]} />
        <Timeline
          events={events}
          describe={({ changes, source }) =>
            changes.length === 0
              ? `as it stands (${source.toLowerCase()})`
              : changes.map(({ kind, to }, index) => (
                  <span key={index}>
                    <Status of={kind} /> {to}
                  </span>
                ))
          }
        />
        <h3>History</h3>
        {box.eventHistory?.length === 0 && <Nothing>Nothing yet.</Nothing>}
        <ol class="timeline">
          {box.eventHistory?.map(({ date, type, message }, index) => (
            <li key={index}>
              <span class="moment">{date && <When at={date} />}</span>
              <span>{message ?? type}</span>
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

function Reply({ id, onSent }: { id: string; onSent: () => void }) {
  const [text, setText] = useState('Thank you.');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [share, setShare] = useState(0);
  const send = async (): Promise<void> => {
    await sendReply(id, text, files, setShare);
    setFiles([]);
    setShare(0);
    onSent();
  };
  return (
    <div class="reply">
      <Field label="Reply" value={text} onInput={setText} rows={2} />
      <DropZone files={files} onFiles={setFiles} />
      {share > 0 && <progress value={share} max={1} aria-label="Sent of the files" />}
      <Action label="Reply" tone="main" run={send} />
    </div>
  );
}

async function download(boxId: string, documentId: string): Promise<void> {
  const { data, errors } = await ask(BoxFilesDocument, { id: boxId });
  const documents = data?.safeBox?.messages?.flatMap((message) => message.documents) ?? [];
  const ticket = documents.find(({ id }) => id === documentId)?.download;
  if (!ticket) throw new Error(errors[0]?.message ?? 'The file cannot be fetched.');
  const link = document.createElement('a');
  link.href = ticket.url;
  link.download = ticket.fileName;
  link.click();
}
