import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';

@ObjectType({ description: 'A permission to fetch one file once, with GET and no other credential.' })
export class SafeBoxDownloadTicket {
  @Field(() => String, {
    description:
      'Where; relative to this server unless it knows its public address. Whoever has it can fetch the file.',
  })
  readonly url!: string;

  @Field(() => GraphQLDateTime, { description: 'Until when.' })
  readonly expiresAt!: string;

  @Field(() => String, { nullable: true, description: 'Media type, where it is known before.' })
  readonly contentType!: string | null;

  @Field(() => String, { description: 'Name it is saved under.' })
  readonly fileName!: string;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Bytes, where known.' })
  readonly sizeBytes!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256, hexadecimal, where known: compare it after fetching.',
  })
  readonly sha256!: string | null;
}

@ObjectType({ description: 'A header to send.' })
export class SafeBoxHeader {
  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => String, { description: 'Its value.' })
  readonly value!: string;
}

@ObjectType({ description: 'A permission to send one file once.' })
export class SafeBoxUploadTicket {
  @Field(() => String, {
    description:
      'Where; relative to this server unless it knows its public address. Whoever has it can send the file.',
  })
  readonly url!: string;

  @Field(() => String, { description: 'HTTP method: PUT, with the bytes as the body.' })
  readonly method!: string;

  @Field(() => [SafeBoxHeader], { description: 'Headers to send with it.' })
  readonly headers!: readonly SafeBoxHeader[];

  @Field(() => GraphQLSafeInt, { description: 'How many bytes exactly: those that were announced.' })
  readonly maxBytes!: number;

  @Field(() => GraphQLDateTime, { description: 'Until when.' })
  readonly expiresAt!: string;
}

@Identified<SafeBoxAttachment>(({ id }) => [id])
@ObjectType({ description: 'A file on its way into a SafeBox (SendSecure Attachment).' })
export class SafeBoxAttachment {
  @Field(() => ID, { name: 'uploadId', description: 'Id of the upload; ours.' })
  readonly id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the document at the provider (guid); null until the bytes are there.',
  })
  readonly documentId!: string | null;

  @Field(() => String, { description: 'File name.' })
  readonly fileName!: string;

  @Field(() => String, { description: 'Media type.' })
  readonly contentType!: string;

  @Field(() => GraphQLSafeInt, { description: 'Bytes (size).' })
  readonly sizeBytes!: number;
}
