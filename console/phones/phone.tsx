import { Action, When } from '../ui/parts.js';
import { answerPush } from './phones.js';
import type { PhonePush } from './phones.js';

const APPS = { messaging2fa: 'PassBy[ME]', vipidentity: 'VIP Access' };

/** One question on one phone. */
export function Phone({
  push,
  onAnswered,
  onIgnored,
}: {
  push: PhonePush;
  onAnswered: () => void;
  /** Absent where it must be answered. */
  onIgnored?: () => void;
}) {
  const answer = (how: 'approve' | 'deny') => async (): Promise<void> => {
    await answerPush(push, how);
    onAnswered();
  };
  return (
    <article class="phone" aria-label={`Phone of ${push.person}`}>
      <header>
        <span>{APPS[push.provider]}</span>
        <span class="owner">{push.person}</span>
      </header>
      <h3>{push.title}</h3>
      {push.text && <p>{push.text}</p>}
      {push.secureId && (
        <p class="hint">
          Code <code>{push.secureId}</code>
        </p>
      )}
      <p class="hint">
        until <When at={push.expiresAt} />
      </p>
      <div class="row">
        <Action label="Approve" tone="good" run={answer('approve')} />
        <Action label="Deny" tone="bad" run={answer('deny')} />
        {onIgnored && (
          <button type="button" class="quiet" onClick={onIgnored}>
            Ignore
          </button>
        )}
      </div>
    </article>
  );
}
