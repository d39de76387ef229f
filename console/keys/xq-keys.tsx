import { useState } from 'preact/hooks';
import { command } from '../graph/client.js';
import {
  KeyEventsDocument,
  OpenSealedDocument,
  RevokeKeyDocument,
  SealDocument,
  SealedKeysDocument,
} from '../graph/generated.js';
import { useFollow, useQuestion } from '../graph/hooks.js';
import { Action, Card, Errors, Field, Nothing, Status } from '../ui/parts.js';
import { Countdown } from './countdown.js';

interface Sealed {
  readonly locator: string;
  readonly ciphertext: string;
}

/** Seals a text, opens it again, and shows the keys with the time they have left. */
export function XqKeys() {
  const { data, errors, reload } = useQuestion(SealedKeysDocument, {});
  const [text, setText] = useState('The launch is on Monday.');
  const [sealed, setSealed] = useState<Sealed>();
  const [opened, setOpened] = useState<string>();
  const keys = data?.xqKeys?.edges.map(({ node }) => node) ?? [];

  const seal = async (): Promise<void> => {
    const { ciphertext, xqKey } = await command(SealDocument, {
      input: { text, recipients: ['bo@example.com'], subject: 'Launch', lifetime: 1, lifetimeUnit: 'HOURS' },
    });
    if (ciphertext && xqKey) setSealed({ ciphertext, locator: xqKey.locator });
    setOpened(undefined);
    reload();
  };
  const open = async ({ locator, ciphertext }: Sealed): Promise<void> => {
    setOpened(undefined);
    const payload = await command(OpenSealedDocument, { input: { locator, ciphertext } });
    setOpened(payload.text ?? undefined);
  };
  return (
    <>
      <Card title="Seal a text" hint="It is sealed in this server; XQ Message keeps the key alone.">
        <Field label="Text" value={text} onInput={setText} rows={2} />
        <Action label="Seal" tone="main" run={seal} />
        {sealed && (
          <>
            <pre class="cipher" tabIndex={0} aria-label="Sealed text">
              {sealed.ciphertext}
            </pre>
            <Action label="Open it" run={() => open(sealed)} />
            {opened !== undefined && <p class="opened">{opened}</p>}
            <SealedLife key={sealed.locator} locator={sealed.locator} onChanged={reload} />
          </>
        )}
      </Card>
      <Card
        title="XQ keys"
        hint="Made by this console. Whoever holds a text whose key is gone holds nothing."
      >
        <Errors of={errors} />
        {data && keys.length === 0 && <Nothing>No keys yet: seal a text.</Nothing>}
        <ul class="list">
          {keys.map(({ locator, subject, status, expiresAt, recipients }) => (
            <li key={locator} class="entry">
              <span class="grow">
                {subject ?? 'Key'} for {recipients?.map(({ address }) => address).join(', ')}
              </span>
              {status === 'AVAILABLE' && expiresAt && <Countdown until={expiresAt} />}
              <Status of={status} />
              {status === 'AVAILABLE' && (
                <Action
                  label="Revoke"
                  tone="bad"
                  run={async () => {
                    await command(RevokeKeyDocument, { input: { locator } });
                    reload();
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function SealedLife({ locator, onChanged }: { locator: string; onChanged: () => void }) {
  const { events, error } = useFollow(KeyEventsDocument, { id: locator }, onChanged);
  const latest = events.at(-1);
  return (
    <p class="outcome" aria-live="polite">
      Its key <Status of={latest?.xqKey.status ?? 'PENDING'} /> {error}
    </p>
  );
}
