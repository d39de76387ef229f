import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { invalidInput } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import type { Problem } from '../../src/subgraph/problem.type.js';
import {
  CloseSafeBoxInput,
  DeleteSafeBoxContentInput,
  MarkSafeBoxAsReadInput,
  MarkSafeBoxAsUnreadInput,
  FollowSafeBoxInput,
  UnfollowSafeBoxInput,
  AddTimeToSafeBoxInput,
  MarkSafeBoxMessageAsReadInput,
  MarkSafeBoxMessageAsUnreadInput,
} from './box.input.js';
import type { SafeBoxActionInput } from './box.input.js';
import {
  CloseSafeBoxPayload,
  DeleteSafeBoxContentPayload,
  MarkSafeBoxAsReadPayload,
  MarkSafeBoxAsUnreadPayload,
  FollowSafeBoxPayload,
  UnfollowSafeBoxPayload,
  AddTimeToSafeBoxPayload,
  MarkSafeBoxMessageAsReadPayload,
  MarkSafeBoxMessageAsUnreadPayload,
} from './box.payload.js';
import type { SafeBox } from './box.type.js';
import type { SafeboxContext } from './context.js';
import { toWireWord } from './enums.js';
import { once } from '../shared/once.js';
import { selectedSections } from './selected-sections.js';

@Resolver()
export class SafeBoxActionResolver {
  @RequiresScope('safebox:write')
  @Mutation(() => CloseSafeBoxPayload, { description: 'Closes an open SafeBox for good (close_safebox).' })
  closeSafeBox(
    @Arg('input', () => CloseSafeBoxInput, { description: 'Which SafeBox.' }) input: CloseSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CloseSafeBoxPayload> {
    return change('closeSafeBox', input, context, info, (access) =>
      context.services.client.boxes.act(access, input.id, 'close'),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => DeleteSafeBoxContentPayload, {
    description: 'Deletes the content of a closed SafeBox for good (delete_safebox_content).',
  })
  deleteSafeBoxContent(
    @Arg('input', () => DeleteSafeBoxContentInput, { description: 'Which SafeBox.' })
    input: DeleteSafeBoxContentInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<DeleteSafeBoxContentPayload> {
    return change('deleteSafeBoxContent', input, context, info, (access) =>
      context.services.client.boxes.act(access, input.id, 'deleteContent'),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => MarkSafeBoxAsReadPayload, { description: 'Marks all its messages as read (mark_as_read).' })
  markSafeBoxAsRead(
    @Arg('input', () => MarkSafeBoxAsReadInput, { description: 'Which SafeBox.' })
    input: MarkSafeBoxAsReadInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MarkSafeBoxAsReadPayload> {
    return change('markSafeBoxAsRead', input, context, info, (access) =>
      context.services.client.boxes.act(access, input.id, 'markAsRead'),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => MarkSafeBoxAsUnreadPayload, {
    description: 'Marks all its messages as unread (mark_as_unread).',
  })
  markSafeBoxAsUnread(
    @Arg('input', () => MarkSafeBoxAsUnreadInput, { description: 'Which SafeBox.' })
    input: MarkSafeBoxAsUnreadInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MarkSafeBoxAsUnreadPayload> {
    return change('markSafeBoxAsUnread', input, context, info, (access) =>
      context.services.client.boxes.act(access, input.id, 'markAsUnread'),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => FollowSafeBoxPayload, { description: 'Turns e-mails about it on (follow).' })
  followSafeBox(
    @Arg('input', () => FollowSafeBoxInput, { description: 'Which SafeBox.' }) input: FollowSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<FollowSafeBoxPayload> {
    return change('followSafeBox', input, context, info, (access) =>
      context.services.client.boxes.act(access, input.id, 'follow'),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => UnfollowSafeBoxPayload, { description: 'Turns e-mails about it off (unfollow).' })
  unfollowSafeBox(
    @Arg('input', () => UnfollowSafeBoxInput, { description: 'Which SafeBox.' }) input: UnfollowSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnfollowSafeBoxPayload> {
    return change('unfollowSafeBox', input, context, info, (access) =>
      context.services.client.boxes.act(access, input.id, 'unfollow'),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => AddTimeToSafeBoxPayload, {
    description: 'Keeps an open SafeBox open for longer (add_time).',
  })
  addTimeToSafeBox(
    @Arg('input', () => AddTimeToSafeBoxInput, { description: 'Which SafeBox, and how much longer.' })
    input: AddTimeToSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AddTimeToSafeBoxPayload> {
    const time = { value: input.value, unit: toWireWord(input.unit) };
    return change('addTimeToSafeBox', input, context, info, async (access) => {
      checkTime(input);
      await context.services.client.boxes.addTime(access, input.id, time);
    });
  }

  @RequiresScope('safebox:write')
  @Mutation(() => MarkSafeBoxMessageAsReadPayload, {
    description: 'Marks one message as read (mark_as_read_message).',
  })
  markSafeBoxMessageAsRead(
    @Arg('input', () => MarkSafeBoxMessageAsReadInput, { description: 'Which message.' })
    input: MarkSafeBoxMessageAsReadInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MarkSafeBoxMessageAsReadPayload> {
    return change('markSafeBoxMessageAsRead', input, context, info, (access) =>
      context.services.client.boxes.markMessage(access, input.id, input.messageId, true),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => MarkSafeBoxMessageAsUnreadPayload, {
    description: 'Marks one message as unread (mark_as_unread_message).',
  })
  markSafeBoxMessageAsUnread(
    @Arg('input', () => MarkSafeBoxMessageAsUnreadInput, { description: 'Which message.' })
    input: MarkSafeBoxMessageAsUnreadInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MarkSafeBoxMessageAsUnreadPayload> {
    return change('markSafeBoxMessageAsUnread', input, context, info, (access) =>
      context.services.client.boxes.markMessage(access, input.id, input.messageId, false),
    );
  }
}

/** Changes a SafeBox once per idempotency key and answers it as it stands then. */
function change<Input extends SafeBoxActionInput>(
  operation: string,
  input: Input,
  context: SafeboxContext,
  info: GraphQLResolveInfo,
  work: (access: Access) => Promise<void>,
): Promise<{ safeBox?: SafeBox | null; problem?: Problem }> {
  const { boxes } = context.services;
  return attempt(async () => ({
    safeBox: await boxes.change(context.caller, input.id, selectedSections(info, 'safeBox'), (access) =>
      once(context, operation, input, async () => {
        await work(access);
        return null;
      }),
    ),
  }));
}

function checkTime({ value, unit }: AddTimeToSafeBoxInput): void {
  if (value < 1) throw invalidInput(['value'], 'value must be at least 1.');
  if (unit === 'YEARS') throw invalidInput(['unit'], 'unit must be HOURS, DAYS, WEEKS or MONTHS.');
}
