import { Field, ID, InputType, Int } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { DEFAULT_POLL_SECONDS } from '../../src/providers/vipidentity/push-watch.js';
import { VipAttributeInput } from './attribute.type.js';
import { VipCommandInput } from './command.input.js';
import { VipCredentialKeyInput } from './credential.input.js';
import { PUSH_LIMITS } from './push-request.js';

@InputType({ description: 'What every push has.' })
export abstract class VipPushInput extends VipCommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'Title on the phone (display.message.title), at most 250 characters.',
  })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Text on the phone (display.message.text), at most 250 characters.',
  })
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the user signs in, such as a URL (display.message.profile), at most 250 characters.',
  })
  profile?: string | null;

  @Field(() => Int, {
    defaultValue: 60,
    description: `Seconds the phone has to answer (request.timeout), ${PUSH_LIMITS.minTimeoutSeconds} to ${PUSH_LIMITS.maxTimeoutSeconds}.`,
  })
  timeoutSeconds!: number;

  @Field(() => Int, {
    defaultValue: DEFAULT_POLL_SECONDS,
    description: `Seconds between two polls of it, 1 to ${PUSH_LIMITS.maxIntervalSeconds}.`,
  })
  intervalSeconds!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Level to authenticate at (authLevel.level), 1 to 10; it must be configured at the provider.',
  })
  authLevel?: number | null;

  @Field(() => [VipAttributeInput], {
    defaultValue: [],
    description: 'Further parameters to display; 20 in all.',
  })
  displayParameters!: VipAttributeInput[];

  @Field(() => [VipAttributeInput], {
    defaultValue: [],
    description: 'Further parameters of the request; 20 in all.',
  })
  requestParameters!: VipAttributeInput[];

  @Field(() => [VipAttributeInput], {
    defaultValue: [],
    description: 'Further parameters of the context; 20 in all.',
  })
  authContext!: VipAttributeInput[];
}

@InputType({ description: 'A push to all phones of a user.' })
export class PushVipUserInput extends VipPushInput {
  @IdOf('VipUser', 'onBehalfOfAccountId')
  @Field(() => ID, { description: 'Id of the user (userId).' })
  userId!: string;

  @Field(() => String, { nullable: true, description: 'PIN to check first, 4 to 128 characters. Secret.' })
  pin?: string | null;
}

@InputType({ description: 'A push to the apps of certain credentials, without naming a user.' })
export class PushVipCredentialsInput extends VipPushInput {
  @Field(() => [VipCredentialKeyInput], { description: 'One to five credentials whose apps take pushes.' })
  credentials!: VipCredentialKeyInput[];

  @Field(() => Boolean, { nullable: true, description: 'Activate an inactive credential in the same step.' })
  activate?: boolean | null;
}

@InputType({ description: 'Which push to ask the provider for.' })
export class RefreshVipPushInput {
  @IdOf('VipPush')
  @Field(() => ID, { description: 'Transaction id of the push.' })
  transactionId!: string;
}
