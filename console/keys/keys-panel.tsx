import type { ComponentChildren } from 'preact';
import { useSessions } from '../graph/sessions.js';
import { Errors, Nothing } from '../ui/parts.js';
import { GuardKeys } from './guard-keys.js';
import { XqKeys } from './xq-keys.js';

/** Keys of XQ Message, and of OX Guard. */
export function KeysPanel() {
  return (
    <div class="columns">
      <SignedIn to="xqSession">
        <XqKeys />
      </SignedIn>
      <SignedIn to="guardSession">
        <GuardKeys />
      </SignedIn>
    </div>
  );
}

/** One provider that cannot be reached does not take the other along. */
function SignedIn({ to, children }: { to: 'xqSession' | 'guardSession'; children: ComponentChildren }) {
  const { isReady, error } = useSessions(to);
  if (isReady) return <div>{children}</div>;
  return (
    <div>{error === undefined ? <Nothing>Signing in …</Nothing> : <Errors of={[{ message: error }]} />}</div>
  );
}
