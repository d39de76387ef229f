import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { checkAll } from '../../src/check-all.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import { checkShape, UNKNOWN_TYPE } from '../../src/providers/safebox/file-rules.js';
import { lookup } from '../../src/subgraph/command.js';
import { CreateSafeBoxUploadInput } from './content.input.js';
import { CreateSafeBoxUploadPayload } from './content.payload.js';
import { READ, WRITE } from './context.js';
import type { SafeboxContext } from './context.js';
import { SafeBoxDocument } from './message.type.js';
import { SafeBoxAttachment, SafeBoxDownloadTicket } from './ticket.type.js';
import { calling } from './refusals.js';
import { checkUserEmail } from './user-email.js';

@Resolver(() => SafeBoxDocument)
export class SafeBoxFileResolver {
  @RequiresScope(READ)
  @FieldResolver(() => SafeBoxDownloadTicket, {
    nullable: true,
    description: 'Where to fetch the file (get_file_url); the bytes pass through this server as they come.',
  })
  async download(
    @Root() { boxId, id, name, sha, size }: SafeBoxDocument,
    @Arg('userEmail', () => String, {
      nullable: true,
      description: 'The acting user, without a session of your own (user_email).',
    })
    userEmail: string | undefined,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxDownloadTicket> {
    checkUserEmail(userEmail);
    return context.services.files.issueDownload(context, boxId, { id, name, sha, size }, userEmail ?? null);
  }

  @RequiresScope(WRITE)
  @Query(() => SafeBoxAttachment, {
    nullable: true,
    description: 'A file you have announced; null when there is none, or when it broke off.',
  })
  async safeBoxUpload(
    @IdOf('SafeBoxAttachment') @Arg('id', () => ID, { description: 'The upload.' }) id: string,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxAttachment | null> {
    checkSegments({ id });
    const { accesses, drafts } = context.services;
    const key = accesses.keyOf(context.caller, await accesses.of(context));
    const upload = await drafts.findUpload(key, id);
    return upload ? { ...upload, id } : null;
  }

  @RequiresScope(WRITE)
  @CallsProvider(3)
  @Mutation(() => CreateSafeBoxUploadPayload, {
    description:
      'Announces a file and says where to send it (upload_attachment). What the account does not take is refused now; viruses are found when it is sent.',
  })
  createSafeBoxUpload(
    @Arg('input', () => CreateSafeBoxUploadInput, { description: 'The file.' })
    input: CreateSafeBoxUploadInput,
    @Ctx() context: SafeboxContext,
  ): Promise<CreateSafeBoxUploadPayload> {
    const { safeBoxId, fileName, contentType, sizeBytes } = input;
    const file = { fileName, contentType: contentType || UNKNOWN_TYPE, sizeBytes };
    const check = () => checkAll([() => checkSegments({ safeBoxId }), () => checkShape(file, [])]);
    const issue = async () => {
      const { uploadId, ticket } = await calling('safeBoxId', () =>
        context.services.files.issueUpload(context, safeBoxId, file),
      );
      return { attachment: { id: uploadId, documentId: null, ...file }, ticket };
    };
    return lookup(context, 'createSafeBoxUpload', issue, check);
  }
}
