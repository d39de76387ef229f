import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { CommittedBox } from '../../src/providers/safebox/wire/box.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { ReplyToSafeBoxPayload } from './box.payload.js';
import {
  CommitSafeBoxInput,
  InitializeSafeBoxInput,
  ReplyToSafeBoxInput,
  SubmitSafeBoxInput,
} from './content.input.js';
import type { SafeBoxContentInput } from './content.input.js';
import { CommitSafeBoxPayload, InitializeSafeBoxPayload, SubmitSafeBoxPayload } from './content.payload.js';
import type { GivenBox } from './content.service.js';
import type { SafeboxContext } from './context.js';
import { toWireWord } from './enums.js';
import { once } from '../shared/once.js';
import { toPersonChange } from './person-change.js';
import { selectedSections } from './selected-sections.js';

const WRITE = 'safebox:write';

@Resolver()
export class SafeBoxContentResolver {
  @RequiresScope(WRITE)
  @Mutation(() => InitializeSafeBoxPayload, {
    description:
      'Reserves a SafeBox, so that files can be sent to it before it is opened (initialize_safebox).',
  })
  initializeSafeBox(
    @Arg('input', () => InitializeSafeBoxInput, { description: 'For whom.' }) input: InitializeSafeBoxInput,
    @Ctx() context: SafeboxContext,
  ): Promise<InitializeSafeBoxPayload> {
    return attempt(async () => ({
      draft: await once(context, 'initializeSafeBox', input, () =>
        context.services.content.initialize(context.caller, input.userEmail ?? null),
      ),
    }));
  }

  @RequiresScope(WRITE)
  @Mutation(() => CommitSafeBoxPayload, {
    description: 'Opens a reserved SafeBox and invites everybody (commit_safebox).',
  })
  commitSafeBox(
    @Arg('input', () => CommitSafeBoxInput, { description: 'The SafeBox.' }) input: CommitSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CommitSafeBoxPayload> {
    return opened('commitSafeBox', input, context, info, () =>
      context.services.content.commit(context.caller, input.draftId, toGivenBox(input)),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => SubmitSafeBoxPayload, {
    description:
      'Reserves a SafeBox, sends the files within the request, opens it and invites everybody, as one (submit_safebox). Files sent before by ticket bring the draft they were sent to.',
  })
  submitSafeBox(
    @Arg('input', () => SubmitSafeBoxInput, { description: 'The SafeBox.' }) input: SubmitSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SubmitSafeBoxPayload> {
    return opened('submitSafeBox', input, context, info, () =>
      context.services.content.submit(context.caller, input.userEmail ?? null, toGivenBox(input)),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => ReplyToSafeBoxPayload, {
    description: 'Writes into an open SafeBox; everybody is notified (reply).',
  })
  replyToSafeBox(
    @Arg('input', () => ReplyToSafeBoxInput, { description: 'The reply.' }) input: ReplyToSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReplyToSafeBoxPayload> {
    const { id, message, consent, uploads, files } = input;
    const reply = { message: message ?? null, consent: consent ?? null, uploads, files };
    const { boxes, content } = context.services;
    return attempt(async () => ({
      safeBox: await boxes.change(context.caller, id, selectedSections(info, 'safeBox'), (access) =>
        once(context, 'replyToSafeBox', input, async () => {
          await content.reply(context.caller, access, id, reply);
          return null;
        }),
      ),
    }));
  }
}

/** Opens a SafeBox once per idempotency key. What is secret in the answer stays out of what is kept of it. */
function opened<Input extends SafeBoxContentInput>(
  operation: string,
  input: Input,
  context: SafeboxContext,
  info: GraphQLResolveInfo,
  work: () => Promise<CommittedBox>,
): Promise<CommitSafeBoxPayload> {
  const { accesses, boxes } = context.services;
  return attempt(async () => {
    let secrets: Pick<CommittedBox, 'encryptionKey' | 'previewUrl'> = {
      encryptionKey: null,
      previewUrl: null,
    };
    const safeBoxId = await once(context, operation, input, async () => {
      const { guid, ...rest } = await work();
      secrets = rest;
      return guid;
    });
    const access = await accesses.of(context.caller);
    const safeBox = await boxes.tell(context.caller, access, safeBoxId, selectedSections(info, 'safeBox'));
    return { safeBoxId, safeBox, ...secrets };
  });
}

function toGivenBox({ securityOptions, ...input }: SafeBoxContentInput): GivenBox {
  return {
    subject: input.subject ?? null,
    message: input.message ?? null,
    recipients: input.recipients.map(toPersonChange),
    securityProfileId: input.securityProfileId ?? null,
    notificationLanguage: input.notificationLanguage,
    emailNotificationEnabled: input.emailNotificationEnabled ?? null,
    options: {
      ...securityOptions,
      retentionPeriodType: toWireWord(securityOptions?.retentionPeriodType),
      retentionPeriodUnit: toWireWord(securityOptions?.retentionPeriodUnit),
      expirationUnit: toWireWord(securityOptions?.expirationUnit),
    },
    uploads: input.uploads,
    files: input.files,
  };
}
