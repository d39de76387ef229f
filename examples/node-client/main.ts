import {
  FollowMessageDocument,
  SendMessageDocument,
  type FollowMessageSubscriptionVariables,
} from './generated.js';
import { ask, follow, type Graph } from './graph.js';

const [subject, ...recipients] = process.argv.slice(2);
if (subject === undefined || recipients.length === 0) {
  console.error('usage: node --import tsx examples/node-client/main.ts <subject> <recipient>...');
  process.exit(2);
}
const graph: Graph = {
  url: process.env['SEALGRAPH_URL'] ?? 'http://127.0.0.1:4000/graphql',
  token: process.env['SEALGRAPH_TOKEN'],
};

const { sendTwoFactorMessage } = await ask(graph, SendMessageDocument, { input: { subject, recipients } });
const { twoFactorMessage: message, problem } = sendTwoFactorMessage;
if (!message) {
  console.error(`It was not sent: ${problem?.message} (${problem?.code})`);
  process.exit(1);
}
console.log(`sent ${message.id}`);

const variables: FollowMessageSubscriptionVariables = { id: message.id };
let isApproved = false;
try {
  await follow(graph, FollowMessageDocument, variables, ({ twoFactorMessageChanged: change }) => {
    variables.after = change.cursor;
    isApproved = change.twoFactorMessage.outcome === 'APPROVED';
    for (const { userId, to } of change.changes) console.log(`${change.sequence} ${userId} ${to}`);
    if (change.terminal) console.log(`outcome ${change.twoFactorMessage.outcome}`);
  });
} catch (error) {
  isApproved = false;
  console.error(`It cannot be followed any more: ${error instanceof Error ? error.message : String(error)}`);
}
// Access is granted on APPROVED alone.
process.exitCode = isApproved ? 0 : 1;
