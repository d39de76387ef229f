import { Field, InputType } from 'type-graphql';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import { CommandInput } from '../shared/command.input.js';
import { GuardCryptoType } from './enums.js';

@InputType({ description: "Which of a user's two kinds of keys a command is about." })
export abstract class GuardTypedInput extends CommandInput {
  @Field(() => GuardCryptoType, { defaultValue: 'PGP', description: 'Of which kind the key is.' })
  type!: CryptoType;
}
