import { command } from '../graph/client.js';
import {
  GiveBoxDocument,
  GivePgpKeyDocument,
  GiveVipUserDocument,
  type OnePersonQuery,
  SealDocument,
  SendMessageDocument,
} from '../graph/generated.js';

/** Lets something more exist of a person at each provider. @throws Error */
export async function giveSomethingEverywhere(
  email: string,
  known: OnePersonQuery['person'] | undefined,
): Promise<void> {
  await Promise.all([
    command(SendMessageDocument, { input: { recipients: [email], subject: 'Welcome' } }),
    command(GiveBoxDocument, { input: { subject: 'Welcome', message: 'Hello.', recipients: [{ email }] } }),
    command(SealDocument, { input: { text: 'Welcome.', subject: 'Welcome', recipients: [email] } }),
    command(GivePgpKeyDocument, { input: { email } }),
    // A user is there or not: there is no second one.
    known?.vipUser ? undefined : command(GiveVipUserDocument, { input: { userId: email } }),
  ]);
}
