import { Field, ObjectType } from 'type-graphql';
import { GuardKeyRing } from './key.type.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({ description: 'Answer to a command about a key ring.' })
export class GuardKeyRingPayload extends Payload {
  @Field(() => GuardKeyRing, {
    nullable: true,
    description: 'The ring; null when there is a problem, or it could not be read afterwards.',
  })
  keyRing?: GuardKeyRing | null;
}

@ObjectType({ description: 'Answer to uploading key rings.' })
export class UploadGuardKeysPayload extends Payload {
  @Field(() => [GuardKeyRing], { nullable: true, description: 'The rings that were uploaded.' })
  keyRings?: GuardKeyRing[];
}

@ObjectType({ description: 'Answer to downloading a private ring.' })
export class DownloadGuardPrivateKeyPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'ASCII armor; one block after the other for both halves. Secret.',
  })
  armored?: string;
}
