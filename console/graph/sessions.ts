import { useEffect, useState } from 'preact/hooks';
import { ask, command, connection, endedSessions, messageOf } from './client.js';
import {
  SessionsDocument,
  SignInToBoxesDocument,
  SignInToGuardDocument,
  SignInToXqDocument,
} from './generated.js';
import { useStore } from '../ui/store.js';

const SIGN_INS = {
  safeBoxSession: () => command(SignInToBoxesDocument, {}),
  xqSession: () => command(SignInToXqDocument, {}),
  guardSession: () => command(SignInToGuardDocument, {}),
};
type SessionName = keyof typeof SIGN_INS;

/** Signs the demo accounts in where there is no session, and again where it is over. */
export function useSessions(...names: readonly SessionName[]): {
  isReady: boolean;
  error: string | undefined;
} {
  const [state, setState] = useState<{ isReady: boolean; error: string | undefined }>({
    isReady: false,
    error: undefined,
  });
  const { visits } = useStore(connection);
  const ended = useStore(endedSessions);
  useEffect(() => {
    const signIn = async (): Promise<void> => {
      const { data } = await ask(SessionsDocument, {});
      const missing = names.filter((name) => data?.viewer[name]?.state !== 'ACTIVE');
      if (missing.length > 0) setState({ isReady: false, error: undefined });
      for (const name of missing) await SIGN_INS[name]();
    };
    signIn().then(
      () => setState({ isReady: true, error: undefined }),
      (reason: unknown) => setState({ isReady: false, error: messageOf(reason) }),
    );
  }, [visits, ended]);
  return state;
}
