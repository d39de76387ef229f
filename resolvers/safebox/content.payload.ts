import { Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { SafeBox } from './box.type.js';
import { SafeBoxAttachment, SafeBoxUploadTicket } from './ticket.type.js';

@Identified<SafeBoxDraft>(({ id }) => [id])
@ObjectType({
  description:
    'A SafeBox that is reserved: files can be sent to it, and it can be opened. It vanishes by itself.',
})
export class SafeBoxDraft {
  @Field(() => ID, { name: 'safeBoxId', description: 'Guid of the SafeBox it becomes.' })
  readonly id!: string;

  @RequiresScope('safebox:key')
  @Field(() => String, {
    nullable: true,
    description:
      'Key of the provider for double encryption (public_encryption_key). Secret, in spite of its name there; it is used by itself when the SafeBox is opened.',
  })
  readonly publicEncryptionKey!: string | null;
}

@ObjectType({ description: 'Answer to reserving a SafeBox.' })
export class InitializeSafeBoxPayload extends Payload {
  @Field(() => SafeBoxDraft, { nullable: true, description: 'The draft; null when there is a problem.' })
  draft?: SafeBoxDraft | null;
}

@ObjectType({ description: 'What the answers to opening a SafeBox have in common.' })
export abstract class OpenedSafeBoxPayload extends Payload {
  @Field(() => SafeBox, {
    nullable: true,
    description:
      'The SafeBox as it stands now; null when there is a problem, or when it could not be read after it was opened.',
  })
  safeBox?: SafeBox | null;

  @Field(() => ID, { nullable: true, description: 'Guid of the SafeBox that was opened.' })
  safeBoxId?: string;

  @RequiresScope('safebox:key')
  @Field(() => String, {
    nullable: true,
    description:
      'The key of the participants, with double encryption (encryption_key). Secret: told this once, and kept nowhere; null when the answer is repeated.',
  })
  encryptionKey?: string | null;

  @RequiresScope('safebox:key')
  @Field(() => String, {
    nullable: true,
    description:
      'Page of the provider that shows the SafeBox (preview_url); may hold the key, so it is secret. Null when the answer is repeated.',
  })
  previewUrl?: string | null;
}

@ObjectType({ description: 'Answer to opening a reserved SafeBox.' })
export class CommitSafeBoxPayload extends OpenedSafeBoxPayload {}

@ObjectType({ description: 'Answer to opening a SafeBox at once.' })
export class SubmitSafeBoxPayload extends OpenedSafeBoxPayload {}

@ObjectType({ description: 'Answer to announcing a file.' })
export class CreateSafeBoxUploadPayload extends Payload {
  @Field(() => SafeBoxAttachment, {
    nullable: true,
    description: 'The file that is expected; null when there is a problem.',
  })
  attachment?: SafeBoxAttachment | null;

  @Field(() => SafeBoxUploadTicket, {
    nullable: true,
    description: 'Where to send it; null when there is a problem.',
  })
  ticket?: SafeBoxUploadTicket;
}
