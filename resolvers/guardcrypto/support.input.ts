import { Field, InputType, Int } from 'type-graphql';
import { CommandInput } from '../shared/command.input.js';
import { GuardUserInput } from './mail.input.js';

@InputType({ description: 'Whose keys are to be deleted: one of the two.' })
export class DeleteGuardUserKeysInput extends CommandInput {
  @Field(() => GuardUserInput, { nullable: true, description: 'The user by numbers.' })
  user?: GuardUserInput | null;

  @Field(() => String, { nullable: true, description: 'The user, or guest, by e-mail address.' })
  email?: string | null;
}

@InputType({ description: 'Whose deleted keys are to be exposed.' })
export class ExposeGuardKeyInput extends CommandInput {
  @Field(() => String, { description: 'E-mail address of the user.' })
  email!: string;

  @Field(() => Int, { description: 'Number of the context (cid).' })
  contextId!: number;
}
