import { Field, ID, InputType } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';

export const ON_BEHALF_OF =
  'Child account to act for (onBehalfOfAccountId), 3 to 50 letters and digits; our own account when left out.';

@InputType({ description: 'What every command has.' })
export abstract class VipCommandInput {
  @Field(() => ID, { nullable: true, description: ON_BEHALF_OF })
  onBehalfOfAccountId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What every command about one user has.' })
export abstract class VipUserCommandInput extends VipCommandInput {
  @IdOf('VipUser', 'onBehalfOfAccountId')
  @Field(() => ID, { description: 'Id of the user (userId), 1 to 128 characters; case does not matter.' })
  userId!: string;
}

@InputType({ description: 'Which user.' })
export class VipUserIdInput extends VipUserCommandInput {}
