import { command } from '../graph/client.js';
import {
  GiveBoxDocument,
  GivePgpKeyDocument,
  SealDocument,
  SendMessageDocument,
} from '../graph/generated.js';

/** Lets something exist of a person at the providers that know nothing of them yet. @throws Error */
export async function giveSomethingEverywhere(email: string): Promise<void> {
  await Promise.all([
    command(SendMessageDocument, { input: { recipients: [email], subject: 'Welcome' } }),
    command(GiveBoxDocument, { input: { subject: 'Welcome', message: 'Hello.', recipients: [{ email }] } }),
    command(SealDocument, { input: { text: 'Welcome.', subject: 'Welcome', recipients: [email] } }),
    command(GivePgpKeyDocument, { input: { email } }),
  ]);
}
