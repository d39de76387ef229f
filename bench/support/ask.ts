import { providerId } from '../../src/subgraph/global-id.js';

/** Asks the graph and answers the data; any error ends the bench. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: unknown };
  if (answer.errors !== undefined || answer.data === undefined)
    throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Sends one message to these people, and answers its id at the provider, which the graph takes too. */
export async function sendMessage(url: string, people: readonly string[]): Promise<string> {
  const { sendTwoFactorMessage } = await ask<{ sendTwoFactorMessage: { twoFactorMessage: { id: string } } }>(
    url,
    'mutation ($to: [String!]!) { sendTwoFactorMessage(input: { recipients: $to, availabilitySeconds: 3600 }) { twoFactorMessage { id } } }',
    { to: people },
  );
  return providerId('TwoFactorMessage', sendTwoFactorMessage.twoFactorMessage.id);
}
