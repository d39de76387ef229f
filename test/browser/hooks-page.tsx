import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from 'sealgraph/client';
import { SealgraphProvider, useApproval, useClient, useInbox, useSafeBox } from 'sealgraph/client/react';

// What a page of somebody's would be: it asks for approval, opens a SafeBox, and shows what becomes of both.

const SIGN_IN =
  'mutation { signInToSafeBox(input: { username: "ada", password: "ada-demo-password" }) { problem { code } } }';
const SEND =
  'mutation ($to: String!) { sendTwoFactorMessage(input: { recipients: [$to] }) { twoFactorMessage { id } problem { code } } }';
const OPEN =
  'mutation { submitSafeBox(input: { subject: "Hooked", message: "Hello", recipients: [{ email: "reads@partner.example" }] }) { safeBoxId problem { code } } }';

interface Sent {
  sendTwoFactorMessage: { twoFactorMessage: { id: string } | null; problem: { code: string } | null };
}
interface Opened {
  submitSafeBox: { safeBoxId: string | null; problem: { code: string } | null };
}

/** What was rendered, for the test to read. */
const seen: string[] = Object.assign(globalThis, { seen: [] as string[] }).seen;

function Approval({ id }: { id: string }) {
  const { outcome, isLive, error } = useApproval(id);
  seen.push(`${id} ${outcome ?? 'unknown'}`);
  return <p id="approval">{error ? error.message : `${outcome ?? 'unknown'} ${isLive ? 'live' : 'over'}`}</p>;
}

function Box({ id }: { id: string }) {
  const { safeBox, isLive, error } = useSafeBox(id);
  return (
    <p id="box">
      {error
        ? error.message
        : `${safeBox?.subject ?? 'unknown'} ${safeBox?.status ?? ''} ${isLive ? 'live' : 'over'}`}
    </p>
  );
}

function Inbox() {
  const { event, error } = useInbox();
  return <p id="inbox">{error ? error.message : `${event?.openCount ?? 'none'} open`}</p>;
}

function Page() {
  const client = useClient();
  const [isSignedIn, setSignedIn] = useState(false);
  const [approval, setApproval] = useState<string>();
  const [box, setBox] = useState<string>();
  useEffect(() => {
    void client.request(SIGN_IN, {}).then(() => setSignedIn(true));
  }, [client]);
  const ask = async (to: string): Promise<void> => {
    const sent = await client.command<Sent, { to: string }>(SEND, { to });
    setApproval(sent.payload.twoFactorMessage?.id);
  };
  const open = async (): Promise<void> => {
    const opened = await client.command<Opened, Record<string, never>>(OPEN, {});
    setBox(opened.payload.safeBoxId ?? undefined);
  };
  return (
    <>
      <button onClick={() => void ask('approve@example.test')}>Ask</button>
      <button onClick={() => void ask('nobody@example.test')}>Ask another</button>
      {approval !== undefined && <Approval id={approval} />}
      {isSignedIn && <button onClick={() => void open()}>Open</button>}
      {isSignedIn && <Inbox />}
      {box !== undefined && <Box id={box} />}
      {box !== undefined && <button onClick={() => setBox(undefined)}>Leave</button>}
    </>
  );
}

const place = document.createElement('main');
document.body.replaceChildren(place);
const client = createClient({ url: new URL('/graphql', location.href).href });
createRoot(place).render(
  <SealgraphProvider client={client}>
    <Page />
  </SealgraphProvider>,
);
