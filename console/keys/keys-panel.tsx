import { useSessions } from '../graph/sessions.js';
import { Errors } from '../ui/parts.js';
import { GuardKeys } from './guard-keys.js';
import { XqKeys } from './xq-keys.js';

/** Keys of XQ Message, and of OX Guard. */
export function KeysPanel() {
  const { isReady, error } = useSessions('xqSession', 'guardSession');
  if (error !== undefined) return <Errors of={[{ message: error }]} />;
  return (
    <div class="columns">
      <div>{isReady && <XqKeys />}</div>
      <div>{isReady && <GuardKeys />}</div>
    </div>
  );
}
