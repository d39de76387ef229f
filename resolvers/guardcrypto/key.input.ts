import { Field, ID, InputType } from 'type-graphql';
import { CommandInput } from '../shared/command.input.js';
import { GuardPrivateKeyParts, GuardRevocationReason } from './enums.js';
import { KEY_ID, KeyIdArgument } from './key-names.js';

@InputType({ description: 'A key ring to make.' })
export class CreateGuardKeyInput extends CommandInput {
  @Field(() => String, { description: 'Your name, for the user id; your primary address goes with it.' })
  name!: string;

  @Field(() => String, { description: 'Password for the key. Secret: used once, never kept.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Address to which a new password is sent when this one is lost.',
  })
  resetEmail?: string | null;
}

@InputType({ description: 'A key that is meant, with the password of its ring.' })
export abstract class GuardKeyPasswordInput extends CommandInput {
  @KeyIdArgument
  @Field(() => ID, { description: KEY_ID })
  keyId!: string;

  @Field(() => String, { description: 'Password of the ring. Secret: used once, never kept.' })
  password!: string;
}

@InputType({ description: 'A private ring to read.' })
export class GuardPrivateKeyInput {
  @KeyIdArgument
  @Field(() => ID, { nullable: true, description: `${KEY_ID} Null: the current ring.` })
  keyId?: string | null;

  @Field(() => String, { description: 'Password of the ring. Secret: used once, never kept.' })
  password!: string;

  @Field(() => GuardPrivateKeyParts, { defaultValue: 'PRIVATE', description: 'What of it.' })
  parts!: 'PRIVATE' | 'PUBLIC_AND_PRIVATE';
}

@InputType({ description: 'A key to revoke, for good.' })
export class RevokeGuardKeyInput extends GuardKeyPasswordInput {
  @Field(() => GuardRevocationReason, { defaultValue: 'NO_REASON', description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A key ring to delete; the provider keeps a copy for its administrators.' })
export class DeleteGuardKeyInput extends CommandInput {
  @KeyIdArgument
  @Field(() => ID, { description: KEY_ID })
  keyId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Password of the ring; null when it has no private half. Secret: used once, never kept.',
  })
  password?: string | null;
}

@InputType({ description: 'A user id to add to a ring.' })
export class AddGuardUserIdInput extends CommandInput {
  @KeyIdArgument
  @Field(() => ID, { description: `${KEY_ID} Of the master key.` })
  keyId!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Password of the ring. Null: by the token attached to your session. Secret: used once, never kept.',
  })
  password?: string | null;
}

@InputType({ description: 'Key rings to upload: as armor, or as Base64 of armor or of the binary form.' })
export class UploadGuardKeysInput extends CommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'One or more rings as ASCII armor. Secret when there is a private one among them.',
  })
  armored?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'One ring as Base64. Secret when it is a private one.',
  })
  base64?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Password that opens a private ring. Secret: used once, never kept.',
  })
  keyPassword?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Password to keep a private ring with. Secret: used once, never kept.',
  })
  newPassword?: string | null;
}
