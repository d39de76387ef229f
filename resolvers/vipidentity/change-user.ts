import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { CallOptions } from '../../src/providers/vipidentity/model.js';
import type { CommandSteps } from '../../src/subgraph/command.js';
import type { VipUserCommandInput } from './command.input.js';
import { optionsOf } from './options-of.js';
import type { VipContext } from './context.js';
import { perform } from './outcome.type.js';
import { userRef } from './user-ref.js';
import { VipUserPayload } from './user.payload.js';

export interface UserCommand<Prepared> extends Pick<
  CommandSteps<Prepared, void, void, object>,
  'prepare' | 'tries' | 'rings'
> {
  readonly effect: (client: VipClient, options: CallOptions, prepared: Prepared) => Promise<void>;
  /** Id of the user whom the answer is about, where that is another one than before. */
  readonly renamedTo?: string | null | undefined;
}

/** Runs a command about one user and tells those who watch that user. */
export function changeUser<Prepared = undefined>(
  context: VipContext,
  operation: string,
  input: VipUserCommandInput,
  { effect, renamedTo, ...steps }: UserCommand<Prepared>,
): Promise<VipUserPayload> {
  const { client, users } = context.services;
  const ref = userRef(renamedTo ?? input.userId, input.onBehalfOfAccountId);
  return perform(
    context,
    operation,
    input,
    {
      ...steps,
      effect: async (prepared: Prepared) => {
        await effect(client, optionsOf(context, input.onBehalfOfAccountId), prepared);
        return null;
      },
      after: () => users.tell(ref, context),
    },
    (performed) => new VipUserPayload(performed, ref),
  );
}
