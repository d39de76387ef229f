import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';

@Identified<SafeBoxDocumentDownload>(({ boxId, participantId, documentId }) => [
  boxId,
  participantId,
  documentId,
])
@ObjectType({ description: 'How far one person has one document (SendSecure DownloadActivityDocument).' })
export class SafeBoxDocumentDownload {
  /** The SafeBox, and who of it. */
  readonly boxId!: string;
  readonly participantId!: string;

  @Field(() => ID, { description: 'Id of the document.' })
  readonly documentId!: string;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Bytes downloaded; 0 when none.' })
  readonly downloadedBytes!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was downloaded (download_date); null when it was not.',
  })
  readonly downloadedAt!: string | null;
}

@Identified<SafeBoxDownloadDetail>(({ boxId, participantId }) => [boxId, participantId])
@ObjectType({ description: 'What one person has downloaded (SendSecure DownloadActivityDetail).' })
export class SafeBoxDownloadDetail {
  /** The SafeBox it is about. */
  readonly boxId!: string;

  @Field(() => ID, { description: 'Id of the participant at the provider.' })
  readonly participantId!: string;

  @Field(() => [SafeBoxDocumentDownload], { description: 'Each document.' })
  readonly documents!: readonly SafeBoxDocumentDownload[];
}

@ObjectType({
  description: 'Who has downloaded what (SendSecure DownloadActivity; get_safebox_download_activity).',
})
export class SafeBoxDownloadActivity {
  @Field(() => [SafeBoxDownloadDetail], { description: 'Everybody but the owner.' })
  readonly guests!: readonly SafeBoxDownloadDetail[];

  @Field(() => SafeBoxDownloadDetail, { nullable: true, description: 'The owner.' })
  readonly owner!: SafeBoxDownloadDetail | null;
}
