import { createClient } from 'sealgraph/client';
import { followMessage, sendMessage } from './approval.js';
import { sendFile, signIn } from './send-file.js';

const graph = createClient({
  url: new URLSearchParams(location.search).get('graph') ?? 'http://127.0.0.1:4000/graphql',
});

onSubmit('approval', async (form, tell) => {
  const recipient = textOf(form, 'recipient');
  const id = await sendMessage(graph, { recipients: [recipient], subject: textOf(form, 'subject') });
  for await (const { twoFactorMessage } of followMessage(graph, id)) {
    const { outcome, recipients } = twoFactorMessage;
    tell(`${recipients.map(({ userId, status }) => `${userId}: ${status}`).join(', ')} → ${outcome}`);
  }
});

onSubmit('file', async (form, tell) => {
  const file = form.get('file');
  if (!(file instanceof File)) return;
  await signIn(graph, { username: textOf(form, 'username'), password: textOf(form, 'password') });
  const id = await sendFile(graph, {
    ...{ fileName: file.name, content: file, recipient: textOf(form, 'recipient') },
    onProgress: ({ bytes, totalBytes }) => tell(`${bytes} of ${totalBytes} bytes sent`),
  });
  tell(`SafeBox ${id} is open, with ${file.name} in it.`);
});

/** Calls back when a form is sent; what it tells, or throws, becomes a line below the form. */
function onSubmit(id: string, act: (form: FormData, tell: (line: string) => void) => Promise<void>): void {
  const form = document.querySelector<HTMLFormElement>(`form#${id}`);
  const tell = (line: string): void => {
    const entry = document.createElement('li');
    entry.append(line);
    form?.querySelector('ol')?.append(entry);
  };
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    form.querySelector('ol')?.replaceChildren();
    act(new FormData(form), tell).catch((error: unknown) =>
      tell(error instanceof Error ? error.message : String(error)),
    );
  });
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
