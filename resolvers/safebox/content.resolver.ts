import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import type { SessionKey } from '../../src/providers/kit/with-session.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { ProviderError } from '../../src/provider-error.js';
import { openedBefore } from '../../src/providers/safebox/errors.js';
import { command } from '../../src/subgraph/command.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import type { SafeBoxPayload } from './box.payload.js';
import { payloads } from './box.payload.js';
import {
  CommitSafeBoxInput,
  InitializeSafeBoxInput,
  ReplyToSafeBoxInput,
  SubmitSafeBoxInput,
} from './content.input.js';
import type { SafeBoxContentInput } from './content.input.js';
import { CommitSafeBoxPayload, InitializeSafeBoxPayload, SubmitSafeBoxPayload } from './content.payload.js';
import type { OpenedSafeBoxPayload } from './content.payload.js';
import type { ReservedBox } from './content.service.js';
import { WRITE } from './context.js';
import type { SafeboxContext } from './context.js';
import { explaining, whyNotReplied } from './explain.js';
import { toGivenBox, toGivenReply } from './given-content.js';
import { pathOf } from './input-path.js';
import { beforehand, calling, renaming } from './refusals.js';
import { everybodyIn, invited } from './rung.js';
import { selectedSections } from './selected-sections.js';
import { checkUserEmail } from './user-email.js';

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
    const { client, drafts } = context.services;
    const userEmail = input.userEmail ?? null;
    return command(context, 'initializeSafeBox', input, {
      prepare: () => {
        checkUserEmail(userEmail);
        return standing(context);
      },
      rings: NOBODY,
      effect: ({ access }) => beforehand(() => client.content.initialize(access, userEmail)),
      identify: ({ guid }) => guid,
      after: async (box, { key }) => {
        await drafts.keep(key, box, userEmail);
        return box.guid;
      },
      answer: async (id, { key }) => {
        const draft = await drafts.find(key, id);
        return { draft: { id, publicEncryptionKey: draft?.publicEncryptionKey ?? null } };
      },
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(4)
  @Mutation(() => CommitSafeBoxPayload, {
    description: 'Opens a reserved SafeBox and invites everybody (commit_safebox).',
  })
  commitSafeBox(
    @Arg('input', () => CommitSafeBoxInput, { description: 'The SafeBox.' }) input: CommitSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CommitSafeBoxPayload> {
    const { draftId: id } = input;
    return opened(context, info, 'commitSafeBox', input, {
      async reserve({ access, key }) {
        const { boxes, drafts } = context.services;
        const draft = await drafts.find(key, id);
        if (draft) return { id, ...draft };
        const path = ['draftId'];
        throw (await calling('draftId', () => boxes.isOpened(access, id)))
          ? openedBefore({ path })
          : new ProviderError('NOT_FOUND', { path });
      },
      recall: async () => id,
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(5)
  @Mutation(() => SubmitSafeBoxPayload, {
    description:
      'Reserves a SafeBox, sends the files within the request, opens it and invites everybody, as one (submit_safebox). Files sent before by ticket bring the draft they were sent to.',
  })
  submitSafeBox(
    @Arg('input', () => SubmitSafeBoxInput, { description: 'The SafeBox.' }) input: SubmitSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SubmitSafeBoxPayload> {
    const { drafts, content, begun } = context.services;
    const userEmail = input.userEmail ?? null;
    const submission = { call: context, operation: 'submitSafeBox', idempotencyKey: input.idempotencyKey };
    const recall = async ({ access }: Standing) => (await begun.recall(submission, access))?.ids[0];
    return opened(context, info, submission.operation, input, {
      async reserve(standing) {
        const { key, access } = standing;
        const [first] = await drafts.requireUploads(key, input.uploads);
        // Files sent before belong to the draft they were sent to. What was reserved before can become one SafeBox only.
        const id = first?.boxId ?? (await recall(standing));
        const known = id === undefined ? undefined : await drafts.find(key, id);
        const isMeant = known && (first || known.userEmail === userEmail);
        const box =
          isMeant && id !== undefined ? { id, ...known } : await content.reserve(key, access, userEmail);
        await begun.note(submission, access, { ids: [box.id] });
        return box;
      },
      recall,
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => payloads.ReplyToSafeBoxPayload, {
    description: 'Writes into an open SafeBox; everybody is notified (reply).',
  })
  replyToSafeBox(
    @Arg('input', () => ReplyToSafeBoxInput, { description: 'The reply.' }) input: ReplyToSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SafeBoxPayload> {
    const { id, idempotencyKey } = input;
    const { begun, boxes, client, content, drafts } = context.services;
    const operation = 'replyToSafeBox';
    return command(context, operation, input, {
      prepare: async () => {
        const [given] = checkAll([() => toGivenReply(input), () => checkSegments({ id })]);
        const { access, key } = await standing(context);
        const steps = begun.adding(
          { call: context, operation, idempotencyKey },
          {
            list: () => client.boxes.section(access, id, 'messages'),
            add: () => content.reply(key, access, id, given),
            isAdded: ({ note, authorType }) => authorType?.toLowerCase() === 'user' && note === given.message,
            toSent: () => null,
            reference: id,
          },
        );
        return { access, key, steps };
      },
      rings: () => [everybodyIn(id)],
      effect: ({ access, steps }) =>
        boxes.guarded(access, id, () =>
          explaining(boxes, access, { id }, whyNotReplied(input.consent), () => steps.effect(access)),
        ),
      ask: ({ access, steps }) => steps.ask(access),
      after: async (sent, { key }) => {
        await drafts.settle(key, id, input.uploads);
        return sent;
      },
      answer: async (_sent, { access }) => ({
        safeBox: await boxes.changed(context.caller, access, id, selectedSections(info, 'safeBox')),
      }),
    });
  }
}

/** With what the steps of a command are done. */
interface Standing {
  readonly access: Access;
  readonly key: SessionKey;
}

async function standing(context: SafeboxContext): Promise<Standing> {
  const { accesses } = context.services;
  const access = await accesses.of(context);
  return { access, key: accesses.keyOf(context.caller, access) };
}

/** Which SafeBox is opened. */
interface Reservation {
  readonly reserve: (standing: Standing) => Promise<ReservedBox>;
  /** The id that was reserved for this key before. */
  readonly recall: (standing: Standing) => Promise<string | undefined>;
}

/** Opens a SafeBox. What is secret in the answer stays out of what is kept of it. */
async function opened<Input extends SafeBoxContentInput & { readonly userEmail?: string | null }>(
  context: SafeboxContext,
  info: GraphQLResolveInfo,
  operation: string,
  input: Input,
  { reserve, recall }: Reservation,
): Promise<OpenedSafeBoxPayload> {
  const { boxes, content, drafts } = context.services;
  let secrets: Pick<OpenedSafeBoxPayload, 'encryptionKey' | 'previewUrl'> = {
    encryptionKey: null,
    previewUrl: null,
  };
  const payload = await command(context, operation, input, {
    prepare: async () => {
      const [given] = checkAll([() => toGivenBox(input), () => checkUserEmail(input.userEmail)]);
      return { given, ...(await standing(context)) };
    },
    rings: () =>
      input.recipients.map(({ email }, index) => invited(email, ['recipients', String(index), 'email'])),
    effect: async ({ given, access, key }) => {
      const { guid, ...rest } = await renaming(
        (field) => pathOf(field, input),
        () => content.open(key, access, given, () => reserve({ access, key })),
      );
      secrets = rest;
      return guid;
    },
    ask: async (prepared) => {
      const id = await recall(prepared);
      const isOpened = id !== undefined && (await boxes.isOpened(prepared.access, id));
      return isOpened ? { sent: id } : undefined;
    },
    after: async (id, { key }) => {
      await drafts.settle(key, id, input.uploads);
      return id;
    },
    identify: (id) => id,
    answer: async (safeBoxId, { access }) => ({
      safeBoxId,
      safeBox: await boxes.changed(context.caller, access, safeBoxId, selectedSections(info, 'safeBox')),
      ...secrets,
    }),
  });
  const unknown = 'problem' in payload ? payload.problem?.reference : null;
  return !unknown ? payload : { ...payload, safeBoxId: unknown };
}
