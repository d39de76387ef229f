import { useEffect, useState } from 'preact/hooks';
import { ask, command, connection, messageOf } from './client.js';
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

/** Signs the demo accounts in where there is no session yet. */
export function useSessions(...names: readonly SessionName[]): {
  isReady: boolean;
  error: string | undefined;
} {
  const [state, setState] = useState<{ isReady: boolean; error: string | undefined }>({
    isReady: false,
    error: undefined,
  });
  const { visits } = useStore(connection);
  useEffect(() => {
    const signIn = async (): Promise<void> => {
      const { data } = await ask(SessionsDocument, {});
      const missing = names.filter((name) => data?.viewer[name]?.state !== 'ACTIVE');
      for (const name of missing) await SIGN_INS[name]();
    };
    signIn().then(
      () => setState({ isReady: true, error: undefined }),
      (reason: unknown) => setState({ isReady: false, error: messageOf(reason) }),
    );
  }, [visits]);
  return state;
}
