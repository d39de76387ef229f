import type { VerifyTextQuery } from '../graph/generated.js';
import { Status } from '../ui/parts.js';

const MEANINGS: Readonly<Record<string, string>> = {
  GOOD: 'It fits the content and the key, and the key was good for it.',
  BAD: 'It does not fit the content: somebody has changed it, or it relies on what is broken.',
  KEY_MISSING: 'None of the keys given made it, so nobody can say.',
  KEY_UNUSABLE: 'The key was over, revoked, or is not made for signing mail.',
  NOT_TRUSTED: 'It fits, yet the certificate does not lead to one you trust.',
};

/** What a check came to, and what that means. */
export function Verdict({
  of: { report, problem },
}: {
  of: NonNullable<VerifyTextQuery['verifyPgpMessage']>;
}) {
  if (!report) {
    return (
      <p class="failure" role="alert">
        {problem?.message}
      </p>
    );
  }
  return (
    <div class="verdict" role="status">
      <p class="outcome">
        {report.isVerified ? <Status of="verified" tone="good" /> : <Status of="not verified" tone="bad" />}
      </p>
      <ul>
        {report.signatures.map(({ outcome, keyIdHex, userIds }) => (
          <li key={keyIdHex}>
            <Status of={outcome} /> {MEANINGS[outcome] ?? 'This console does not know that word.'}{' '}
            <span class="hint">
              Key <code>{keyIdHex}</code> {userIds.join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {report.content.text && (
        <>
          <p class="hint">Exactly this was signed:</p>
          <pre class="cipher" tabIndex={0} aria-label="What was signed">
            {report.content.text}
          </pre>
        </>
      )}
    </div>
  );
}
