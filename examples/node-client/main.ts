import { createClient } from 'sealgraph/client';
import { WebSocket } from 'ws';
import { FollowMessageDocument, SendMessageDocument } from './generated.js';

const [subject, ...recipients] = process.argv.slice(2);
if (subject === undefined || recipients.length === 0) {
  console.error('usage: node --import tsx examples/node-client/main.ts <subject> <recipient>...');
  process.exit(2);
}
const graph = createClient({
  url: process.env['SEALGRAPH_URL'] ?? 'http://127.0.0.1:4000/graphql',
  token: process.env['SEALGRAPH_TOKEN'],
  // Node has one of its own from 22 on.
  webSocketImpl: WebSocket,
});

try {
  const sent = await graph.command(SendMessageDocument, { input: { subject, recipients } });
  // Access is granted on APPROVED alone.
  if (sent.ok) process.exitCode = (await outcomeOf(sent.payload.twoFactorMessage?.id)) === 'APPROVED' ? 0 : 1;
  else refuse(`It was not sent: ${sent.problem.message} (${sent.problem.code})`);
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error));
}
await graph.close();

/** Prints every change of a message, and what it comes to. */
async function outcomeOf(id = ''): Promise<string | undefined> {
  console.log(`sent ${id}`);
  for await (const event of graph.follow(FollowMessageDocument, { id })) {
    for (const { userId, to } of event.changes) console.log(`${event.sequence} ${userId} ${to}`);
    const { outcome } = event.twoFactorMessage;
    if (!event.isTerminal) continue;
    console.log(`outcome ${outcome}`);
    return outcome;
  }
  return undefined;
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
