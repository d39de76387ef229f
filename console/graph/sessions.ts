import { useEffect, useRef, useState } from 'preact/hooks';
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

/** What has come of signing in: with an error, some of it failed. */
interface Sessions {
  /** There is at least one session. */
  readonly isReady: boolean;
  readonly error: string | undefined;
}

/** Signs the demo accounts in where there is no session, and again where it is over. */
export function useSessions(...names: readonly SessionName[]): Sessions {
  const [state, setState] = useState<Sessions>({ isReady: false, error: undefined });
  const { visits } = useStore(connection);
  const ended = useStore(endedSessions);
  // Those that failed are tried again when the server has come back, or the panel is opened anew.
  const failed = useRef({ visits, errors: new Map<SessionName, string>() });
  useEffect(() => {
    if (failed.current.visits !== visits) failed.current = { visits, errors: new Map() };
    const { errors } = failed.current;
    const signIn = async (): Promise<void> => {
      const missing = (await withoutSession(names)).filter((name) => !errors.has(name));
      if (missing.length > 0) setState((known) => ({ ...known, isReady: false }));
      await Promise.all(
        missing.map((name) =>
          SIGN_INS[name]().catch(async (reason: unknown) => {
            // Another page may have signed in meanwhile.
            if ((await withoutSession([name])).length > 0) errors.set(name, messageOf(reason));
          }),
        ),
      );
    };
    signIn().then(
      () => setState({ isReady: errors.size < names.length, error: [...errors.values()][0] }),
      (reason: unknown) => setState({ isReady: false, error: messageOf(reason) }),
    );
  }, [visits, ended]);
  return state;
}

async function withoutSession(names: readonly SessionName[]): Promise<SessionName[]> {
  const { data } = await ask(SessionsDocument, {});
  return names.filter((name) => data?.viewer[name]?.state !== 'ACTIVE');
}
