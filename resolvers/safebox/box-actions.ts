import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import { checkSegments } from '../../src/providers/kit/path.js';
import { checkAll } from '../../src/check-all.js';
import { invalidInput } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { BoxAction, BoxCalls, BoxInfo } from '../../src/providers/safebox/boxes.js';
import { checkDuration } from '../../src/providers/safebox/expiration-rules.js';
import { command } from '../../src/subgraph/command.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { AddTimeToSafeBoxInput, inputs } from './box.input.js';
import type { SafeBoxActionInput, SafeBoxMessageActionInput } from './box.input.js';
import { payloads } from './box.payload.js';
import type { SafeBoxPayload } from './box.payload.js';
import { WRITE } from './context.js';
import type { SafeboxContext } from './context.js';
import { toWireWord } from './enums.js';
import { explaining, whenClosed, whenEmptied, whyNotClosed, whyNotDeleted } from './explain.js';
import type { Explain } from './explain.js';
import { naming } from './refusals.js';
import { selectedSections } from './selected-sections.js';

/** A mutation that changes the state of one SafeBox. */
interface Action<Input extends SafeBoxActionInput> {
  readonly name: string;
  readonly description: string;
  /** Description of its argument. */
  readonly which: string;
  readonly input: ClassType<Input>;
  readonly payload: ClassType<SafeBoxPayload>;
  /** The field that names what of the SafeBox is changed. */
  readonly inner?: string;
  /** @throws ProviderError INVALID_INPUT */
  readonly check?: (input: Input) => void;
  /** Why it is refused, where a SafeBox with its options shows that. */
  readonly explain?: Explain;
  readonly act: (boxes: BoxCalls, access: Access, input: Input) => Promise<unknown>;
  /** Whether it has been done, where a SafeBox with its messages shows that; doing it again does no harm then. */
  readonly isDone?: (box: BoxInfo, input: Input) => boolean;
}

const simple =
  (action: BoxAction) =>
  (boxes: BoxCalls, access: Access, { id }: SafeBoxActionInput): Promise<void> =>
    boxes.act(access, id, action);
const mark =
  (read: boolean) =>
  (boxes: BoxCalls, access: Access, { id, messageId }: SafeBoxMessageActionInput): Promise<void> =>
    boxes.markMessage(access, id, messageId, read);
const isMarked =
  (read: boolean) =>
  ({ messages }: BoxInfo, { messageId }: SafeBoxMessageActionInput): boolean =>
    messages?.some((message) => message.id === messageId && message.read === read) ?? false;

/** The mutations, as resolvers, that change the state of one SafeBox. */
export const boxActions = [
  boxAction({
    name: 'closeSafeBox',
    description: 'Closes an open SafeBox for good (close_safebox).',
    which: 'Which SafeBox.',
    input: inputs.CloseSafeBoxInput,
    payload: payloads.CloseSafeBoxPayload,
    act: simple('close'),
    explain: whyNotClosed,
    isDone: ({ status }) => status !== 'in_progress',
  }),
  boxAction({
    name: 'deleteSafeBoxContent',
    description: 'Deletes the content of a closed SafeBox for good (delete_safebox_content).',
    which: 'Which SafeBox.',
    input: inputs.DeleteSafeBoxContentInput,
    payload: payloads.DeleteSafeBoxContentPayload,
    act: simple('deleteContent'),
    explain: whyNotDeleted,
    isDone: ({ status }) => status === 'content_deleted',
  }),
  boxAction({
    name: 'markSafeBoxAsRead',
    description: 'Marks all its messages as read (mark_as_read).',
    which: 'Which SafeBox.',
    input: inputs.MarkSafeBoxAsReadInput,
    payload: payloads.MarkSafeBoxAsReadPayload,
    act: simple('markAsRead'),
    explain: whenEmptied,
    isDone: ({ unreadCount }) => unreadCount === 0,
  }),
  boxAction({
    name: 'markSafeBoxAsUnread',
    description: 'Marks all its messages as unread (mark_as_unread).',
    which: 'Which SafeBox.',
    input: inputs.MarkSafeBoxAsUnreadInput,
    payload: payloads.MarkSafeBoxAsUnreadPayload,
    act: simple('markAsUnread'),
    explain: whenEmptied,
    isDone: ({ messages }) => messages?.every(({ read }) => read === false) ?? false,
  }),
  boxAction({
    name: 'followSafeBox',
    description: 'Turns e-mails about it on (follow).',
    which: 'Which SafeBox.',
    input: inputs.FollowSafeBoxInput,
    payload: payloads.FollowSafeBoxPayload,
    act: simple('follow'),
  }),
  boxAction({
    name: 'unfollowSafeBox',
    description: 'Turns e-mails about it off (unfollow).',
    which: 'Which SafeBox.',
    input: inputs.UnfollowSafeBoxInput,
    payload: payloads.UnfollowSafeBoxPayload,
    act: simple('unfollow'),
  }),
  boxAction({
    name: 'addTimeToSafeBox',
    description: 'Keeps an open SafeBox open for longer (add_time).',
    which: 'Which SafeBox, and how much longer.',
    input: AddTimeToSafeBoxInput,
    payload: payloads.AddTimeToSafeBoxPayload,
    check({ value, unit }) {
      checkAll([
        () => checkDuration(['value'], value, toWireWord(unit)),
        () => {
          if (unit === 'YEARS' || unit === 'UNKNOWN')
            throw invalidInput(['unit'], 'NOT_ALLOWED', 'unit must be HOURS, DAYS, WEEKS or MONTHS.');
        },
      ]);
    },
    explain: whenClosed,
    act: (boxes, access, { id, value, unit }) => boxes.addTime(access, id, { value, unit: toWireWord(unit) }),
  }),
  boxAction({
    name: 'markSafeBoxMessageAsRead',
    description: 'Marks one message as read (mark_as_read_message).',
    which: 'Which message.',
    input: inputs.MarkSafeBoxMessageAsReadInput,
    payload: payloads.MarkSafeBoxMessageAsReadPayload,
    inner: 'messageId',
    check: ({ messageId }) => checkSegments({ messageId }),
    act: mark(true),
    explain: whenEmptied,
    isDone: isMarked(true),
  }),
  boxAction({
    name: 'markSafeBoxMessageAsUnread',
    description: 'Marks one message as unread (mark_as_unread_message).',
    which: 'Which message.',
    input: inputs.MarkSafeBoxMessageAsUnreadInput,
    payload: payloads.MarkSafeBoxMessageAsUnreadPayload,
    inner: 'messageId',
    check: ({ messageId }) => checkSegments({ messageId }),
    act: mark(false),
    explain: whenEmptied,
    isDone: isMarked(false),
  }),
] as const;

function boxAction<Input extends SafeBoxActionInput>(action: Action<Input>): ClassType {
  const { name, description, which, input, payload } = action;

  class BoxActionResolver {
    [name](given: Input, context: SafeboxContext, info: GraphQLResolveInfo): Promise<SafeBoxPayload> {
      return changeBox(action, given, context, info);
    }
  }
  const target = BoxActionResolver.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(target, name) ?? {};
  Arg('input', () => input, { description: which })(target, name, 0);
  Ctx()(target, name, 1);
  Info()(target, name, 2);
  Mutation(() => payload, { description })(target, name, descriptor);
  // It is read afterwards, for the answer and whoever follows it.
  CallsProvider(2)(target, name, descriptor);
  RequiresScope(WRITE)(target, name, descriptor);
  Resolver()(BoxActionResolver);
  return BoxActionResolver;
}

/** Changes a SafeBox, and answers it as it stands then, telling everybody who follows it. */
function changeBox<Input extends SafeBoxActionInput>(
  { name, inner, check, act, isDone, explain = () => undefined }: Action<Input>,
  input: Input,
  context: SafeboxContext,
  info: GraphQLResolveInfo,
): Promise<SafeBoxPayload> {
  const { accesses, boxes, client } = context.services;
  const { id } = input;
  return command(context, name, input, {
    prepare: () => {
      checkAll([() => checkSegments({ id }), () => check?.(input)]);
      return accesses.of(context);
    },
    rings: NOBODY,
    effect: (access) =>
      naming(id, () =>
        boxes.guarded(
          access,
          id,
          async () => {
            await explaining(boxes, access, { id }, explain, () => act(client.boxes, access, input));
            return null;
          },
          { outer: 'id', inner },
        ),
      ),
    ...(isDone && {
      ask: async (access: Access) => {
        const box = await boxes.look(access, id, ['messages']);
        return box && isDone(box, input) ? { sent: null } : undefined;
      },
    }),
    answer: async (_sent, access) => ({
      safeBox: await boxes.changed(context.caller, access, id, selectedSections(info, 'safeBox')),
    }),
  });
}
