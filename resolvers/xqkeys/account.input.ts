import { Field, ID, InputType } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { CommandInput } from '../shared/command.input.js';
import { XqNotifications } from './enums.js';
import type { Notifications } from './enums.js';

@InputType({ description: 'Settings to change, at least one; what is left out stays.' })
export class UpdateXqSettingsInput extends CommandInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether the user gets the newsletter.' })
  hasNewsletter?: boolean | null;

  @Field(() => XqNotifications, { nullable: true, description: 'Which mails the user gets.' })
  notifications?: Notifications | null;
}

@InputType({ description: 'Which account; said aloud, because it cannot be undone.' })
export class DeleteXqSubscriberInput extends CommandInput {
  @IdOf('XqSession')
  @Field(() => ID, { description: 'Your session (`xqSession`): its account is deleted.' })
  sessionId!: string;
}
