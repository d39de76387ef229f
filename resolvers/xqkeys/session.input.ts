import { Field, ID, InputType } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import { CommandInput } from '../shared/command.input.js';
import { XqNotifications } from './enums.js';
import type { Notifications } from './enums.js';

@InputType({ description: 'Who wants access.' })
export class RequestXqAccessInput extends CommandInput {
  @Field(() => String, { description: 'E-mail address or phone number; gets a PIN and a link.' })
  user!: string;

  @Field(() => String, { defaultValue: '', description: 'First name.' })
  firstName!: string;

  @Field(() => String, { defaultValue: '', description: 'Last name.' })
  lastName!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the user gets the newsletter.' })
  hasNewsletter!: boolean;

  @Field(() => XqNotifications, {
    defaultValue: XqNotifications.NONE,
    description: 'Which mails the user gets.',
  })
  notifications!: Notifications;

  @Field(() => ID, {
    nullable: true,
    description: 'Team that the session shall be bound to (business_id), also when the link is clicked.',
  })
  businessId?: string | null;
}

@InputType({ description: 'The PIN that was sent.' })
export class ConfirmXqAccessInput extends CommandInput {
  @IdOf('XqAuthorization')
  @Field(() => ID, { description: 'The request for access.' })
  authorizationId!: string;

  @Field(() => String, {
    description: 'The PIN, with its leading zeros. Secret: used once, never kept.',
  })
  pin!: string;
}

@InputType({ description: 'Which request for access becomes a session.' })
export class ExchangeXqAccessInput extends CommandInput {
  @IdOf('XqAuthorization')
  @Field(() => ID, { description: 'The request for access.' })
  authorizationId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Team that the session is bound to (business_id), in place of the one in the request.',
  })
  businessId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Sent as it is; its meaning is unpublished, and false is what works.',
  })
  hasSelector!: boolean;
}

@InputType({ description: 'Which alias.' })
export class SignInToXqAsAliasInput extends CommandInput {
  @Field(() => String, {
    description: `Any name of at most ${LIMITS.aliasCharacters} characters, none of them a comma; keys are granted to \`<name>@alias.local\`. Not the address of a registered user.`,
  })
  user!: string;

  @Field(() => String, { defaultValue: '', description: 'First name.' })
  firstName!: string;

  @Field(() => String, { defaultValue: '', description: 'Last name.' })
  lastName!: string;
}

@InputType({ description: 'Which team.' })
export class OpenXqDashboardInput extends CommandInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Team; the one of the session when left out.',
  })
  businessId?: string | null;
}

@InputType({ description: 'Nothing but the key of the request.' })
export class XqSessionCommandInput extends CommandInput {}

@InputType({ description: 'Tokens of other users.' })
export class CombineXqTokensInput extends CommandInput {
  @Field(() => [String], {
    description: 'Access tokens besides that of your session, 1 to 100. Secrets.',
  })
  tokens!: string[];
}
