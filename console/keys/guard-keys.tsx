import { useState } from 'preact/hooks';
import { ask, command } from '../graph/client.js';
import {
  EncryptTextDocument,
  GuardKeysDocument,
  OpenGuardKeyDocument,
  SignMailDocument,
  VerifyTextDocument,
} from '../graph/generated.js';
import type { VerifyTextQuery } from '../graph/generated.js';
import { useQuestion } from '../graph/hooks.js';
import { Action, Card, Errors, Field, Nothing, Status, When } from '../ui/parts.js';
import { Verdict } from './verdict.js';

type Checked = VerifyTextQuery['verifyPgpMessage'];

/** PGP keys and certificates of the demo user, and what they are for. */
export function GuardKeys() {
  const { data, errors } = useQuestion(GuardKeysDocument, {});
  const [text, setText] = useState('Payment 4711 is approved.');
  const [message, setMessage] = useState('');
  const [encrypted, setEncrypted] = useState<string>();
  const [checked, setChecked] = useState<Checked>();
  const rings = data?.guardKeyRings ?? [];
  const publicKeys = rings.flatMap(({ publicRing }) => publicRing?.armored ?? []);

  const usable = rings.filter(({ publicRing }) => publicRing?.keys.some(({ canEncrypt }) => canEncrypt));

  const encrypt = async (): Promise<void> => {
    const payload = await command(EncryptTextDocument, {
      input: {
        content: { text },
        keys: usable.flatMap(({ publicRing }) => publicRing?.armored ?? []),
        form: 'ARMORED',
      },
    });
    setEncrypted(payload.message?.text ?? undefined);
  };
  const sign = async (): Promise<void> => {
    setChecked(undefined);
    await command(OpenGuardKeyDocument, {});
    const { mail } = await command(SignMailDocument, {
      input: {
        mail: { text: mailOf(text) },
        recipients: ['berta@example.com'],
        senderEmail: 'anton@example.com',
        senderName: 'Anton Berg',
        type: 'PGP',
        encrypt: false,
        sign: true,
      },
    });
    setMessage(mail?.text ?? '');
  };
  const verify = async (): Promise<void> => {
    const { data: answer, errors: refused } = await ask(VerifyTextDocument, {
      input: { message: { text: message }, keys: publicKeys },
    });
    if (!answer) throw new Error(refused[0]?.message ?? 'It was not checked.');
    setChecked(answer.verifyPgpMessage);
  };

  return (
    <>
      <Card title="PGP keys and certificates" hint="Of anton@example.com at OX Guard.">
        <Errors of={errors} />
        <ul class="list">
          {rings.map(({ keyIdHex, isCurrent, publicRing }) => {
            const master = publicRing?.keys.find(({ isMaster }) => isMaster);
            return (
              <li key={keyIdHex} class="entry">
                <span class="grow">
                  <code>{keyIdHex}</code> {publicRing?.facts?.algorithm} {master?.userIds.join(', ')}
                </span>
                <Validity expiresAt={master?.expiresAt ?? null} isExpired={master?.isExpired ?? false} />
                {master?.isRevoked && <Status of="REVOKED" />}
                {isCurrent && <Status of="current" tone="good" />}
              </li>
            );
          })}
          {data?.guardCertificates?.map(({ serial, email, issuer, expiresAt, isExpired, isCurrent }) => (
            <li key={serial} class="entry">
              <span class="grow">
                Certificate of {email} by {issuer}
              </span>
              <Validity expiresAt={expiresAt} isExpired={isExpired} />
              {isCurrent && <Status of="current" tone="good" />}
            </li>
          ))}
        </ul>
        {data && rings.length === 0 && <Nothing>No keys.</Nothing>}
      </Card>
      <Card title="Encrypt, sign, verify">
        <Field label="Text to protect" value={text} onInput={setText} rows={2} />
        <div class="row">
          <Action label="Encrypt" tone="main" disabled={usable.length === 0} run={encrypt} />
          <Action label="Sign" tone="main" run={sign} />
        </div>
        {encrypted && (
          <pre class="cipher" tabIndex={0} aria-label="Encrypted text">
            {encrypted}
          </pre>
        )}
        <Field
          label="Signed message: change a letter of it, and verify"
          value={message}
          onInput={setMessage}
          rows={8}
        />
        <Action label="Verify" disabled={message === ''} run={verify} />
        {checked && <Verdict of={checked} />}
      </Card>
    </>
  );
}

function Validity({ expiresAt, isExpired }: { expiresAt: string | null; isExpired: boolean }) {
  if (isExpired) return <Status of="EXPIRED" tone="bad" />;
  if (expiresAt === null) return <span class="hint">good for ever</span>;
  return (
    <span class="hint">
      good until <When at={expiresAt} />
    </span>
  );
}

function mailOf(text: string): string {
  return [
    'From: Anton Berg <anton@example.com>',
    'To: Berta Celik <berta@example.com>',
    'Subject: From the console',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\r\n');
}
