import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { CallOptions } from '../../src/providers/vipidentity/model.js';
import type { VipUserCommandInput } from './command.input.js';
import { optionsOf } from './context.js';
import type { VipContext } from './context.js';
import { perform } from './outcome.type.js';
import { userRef } from './user-ref.js';
import { VipUserPayload } from './user.payload.js';

/**
 * Runs a command about one user and tells those who watch that user.
 * @param after the user whom the answer is about, where that is another one than before
 */
export async function changeUser(
  context: VipContext,
  operation: string,
  input: VipUserCommandInput,
  command: (client: VipClient, options: CallOptions) => Promise<void>,
  after: Pick<VipUserCommandInput, 'userId' | 'onBehalfOfAccountId'> = input,
): Promise<VipUserPayload> {
  const { client, users } = context.services;
  const performed = await perform(context, operation, input, async () => {
    await command(client, optionsOf(context, input.onBehalfOfAccountId));
    return true;
  });
  const ref = userRef(after.userId, after.onBehalfOfAccountId);
  if (!performed.problem) await users.tell(ref, context);
  return new VipUserPayload(performed, ref);
}
