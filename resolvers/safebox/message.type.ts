import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';

@Identified<SafeBoxDocument>(({ boxId, id }) => [boxId, id])
@ObjectType({ description: 'A file in a message (SendSecure MessageDocument).' })
export class SafeBoxDocument {
  @Field(() => ID, { name: 'documentId', description: 'Its guid.' })
  readonly id!: string;

  @Field(() => String, { description: 'File name, in any script.' })
  readonly name!: string;

  @Field(() => String, { name: 'sha256', nullable: true, description: 'SHA-256 of its bytes, hexadecimal.' })
  readonly sha!: string | null;

  @Field(() => GraphQLSafeInt, { name: 'sizeBytes', nullable: true, description: 'Bytes.' })
  readonly size!: number | null;

  /** The SafeBox it lies in. */
  readonly boxId!: string;
}

@Identified<SafeBoxMessage>(({ boxId, id }) => [boxId, id])
@ObjectType({ description: 'A message in a SafeBox (SendSecure Message; get_safebox_messages).' })
export class SafeBoxMessage {
  @Field(() => ID, { name: 'messageId', description: 'Its number at the provider.' })
  readonly id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its text; null when there is none, or when the key is needed to read it.',
  })
  readonly note!: string | null;

  @Field(() => Int, { nullable: true, description: 'Characters of its text.' })
  readonly noteSize!: number | null;

  @Field(() => Boolean, { name: 'isRead', nullable: true, description: 'Whether it is marked as read.' })
  readonly read!: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Number of who wrote it; not the id of a participant.' })
  readonly authorId!: string | null;

  @Field(() => String, { nullable: true, description: '`guest` or `user`, as the provider words it.' })
  readonly authorType!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was written.' })
  readonly createdAt!: string | null;

  @Field(() => [SafeBoxDocument], { description: 'Its files.' })
  readonly documents!: readonly SafeBoxDocument[];

  /** The SafeBox it lies in. */
  readonly boxId!: string;
}
