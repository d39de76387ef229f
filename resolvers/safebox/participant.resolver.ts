import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import { ProviderError } from '../../src/provider-error.js';
import { requireWhole } from '../../src/providers/kit/parse.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { Participant } from '../../src/providers/safebox/wire/people.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';
import { command } from '../../src/subgraph/command.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import type { RungPerson } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { checkGiven } from '../../src/check-given.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { WRITE } from './context.js';
import type { SafeboxContext } from './context.js';
import {
  CreateSafeBoxParticipantInput,
  DeleteSafeBoxParticipantContactMethodsInput,
  UpdateSafeBoxParticipantInput,
} from './people.input.js';
import type { SafeBoxParticipantPayload } from './people.payload.js';
import { participantPayloads } from './people.payload.js';
import { numberIdOf, numbersOfGuest, toParticipant } from './identified.js';
import { invited } from './rung.js';
import {
  clearing,
  hasAny,
  isSamePerson,
  namingNumbers,
  removalOf,
  requireNamedNumbers,
  requireNumbers,
  requirePersonChange,
  toParticipantChange,
} from './person-change.js';
import { explaining, whenClosed } from './explain.js';
import { pathOfPerson, under } from './input-path.js';
import { beforehand, calling, naming, renaming } from './refusals.js';

const PARTICIPANTS = { provider: PROVIDER, operation: 'getParticipants', kind: 'read' } as const;

@Resolver()
export class SafeBoxParticipantResolver {
  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => participantPayloads.CreateSafeBoxParticipantPayload, {
    description: 'Adds somebody to an open SafeBox and invites them (create_participant).',
  })
  createSafeBoxParticipant(
    @Arg('input', () => CreateSafeBoxParticipantInput, { description: 'Whom, and to which.' })
    input: CreateSafeBoxParticipantInput,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxParticipantPayload> {
    const { begun, client } = context.services;
    const { safeBoxId, participant, idempotencyKey } = input;
    const operation = 'createSafeBoxParticipant';
    const person = () => toParticipantChange(participant, ['participant']);
    const steps = begun.adding(
      { call: context, operation, idempotencyKey },
      {
        list: (access) => client.boxes.section(access, safeBoxId, 'participants'),
        add: (access) =>
          renaming(
            (field) => under('participant', pathOfPerson(field, participant)),
            () => client.people.createParticipant(access, safeBoxId, person()),
          ),
        isUnique: true,
        isAdded: (other) => isSamePerson(other, participant),
        toSent: (other) => other,
        reference: safeBoxId,
      },
    );
    return changeParticipant(context, operation, input, {
      check: person,
      rings: () => [invited(participant.email, ['participant', 'email'])],
      ...steps,
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => participantPayloads.UpdateSafeBoxParticipantPayload, {
    description: 'Changes a participant, takes access away or gives it back (update_participant).',
  })
  updateSafeBoxParticipant(
    @Arg('input', () => UpdateSafeBoxParticipantInput, { description: 'What.' })
    input: UpdateSafeBoxParticipantInput,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxParticipantPayload> {
    const { people } = context.services.client;
    const { safeBoxId, participantId, idempotencyKey: _key, ...change } = input;
    const numbers = numbersOfGuest(safeBoxId, participantId);
    const person = () => clearing(toParticipantChange(namingNumbers(change, numbers), []));
    return changeParticipant(context, 'updateSafeBoxParticipant', input, {
      check: () => checkAll([() => requirePersonChange(change), person]),
      rings: NOBODY,
      async effect(access) {
        const given = person();
        await requireNamedNumbers(given, () => beforehand(() => numbersOf(context, access, input)));
        return renaming(
          (field) => pathOfPerson(field, change),
          () => people.updateParticipant(access, safeBoxId, participantId, given),
        );
      },
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(3)
  @Mutation(() => participantPayloads.DeleteSafeBoxParticipantContactMethodsPayload, {
    description: 'Removes telephone numbers of a participant (delete_participant_contact_methods).',
  })
  deleteSafeBoxParticipantContactMethods(
    @Arg('input', () => DeleteSafeBoxParticipantContactMethodsInput, { description: 'Which.' })
    input: DeleteSafeBoxParticipantContactMethodsInput,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxParticipantPayload> {
    const { people } = context.services.client;
    const { safeBoxId, participantId } = input;
    const numbers = numbersOfGuest(safeBoxId, participantId);
    const contactMethodIds = input.contactMethodIds.map((one) => numberIdOf(numbers, one));
    return changeParticipant(context, 'deleteSafeBoxParticipantContactMethods', input, {
      check: () => checkGiven('contactMethodIds', contactMethodIds),
      rings: NOBODY,
      async effect(access) {
        requireNumbers(contactMethodIds, await beforehand(() => numbersOf(context, access, input)));
        return people.updateParticipant(access, safeBoxId, participantId, removalOf(contactMethodIds));
      },
      async ask(access) {
        const sent = await find(context, access, input);
        const numbersLeft = sent.guestOptions?.contactMethods;
        return hasAny(PARTICIPANTS, numbersLeft, contactMethodIds) ? undefined : { sent };
      },
    });
  }
}

/** Whose telephone numbers are meant. */
type Guest = Pick<UpdateSafeBoxParticipantInput, 'safeBoxId' | 'participantId'>;

/** @throws ProviderError NOT_FOUND */
async function find(
  { services }: SafeboxContext,
  access: Access,
  { safeBoxId, participantId }: Guest,
): Promise<Participant> {
  const participants = await services.client.boxes.section(access, safeBoxId, 'participants');
  const found = participants.find(({ id }) => id === participantId);
  if (!found) requireWhole(PARTICIPANTS, participants);
  if (!found) throw new ProviderError('NOT_FOUND', { path: ['participantId'] });
  return found;
}

async function numbersOf(context: SafeboxContext, access: Access, guest: Guest) {
  return (await find(context, access, guest)).guestOptions?.contactMethods;
}

function idsOf({
  safeBoxId,
  participantId,
}: {
  readonly safeBoxId: string;
  readonly participantId?: string;
}) {
  return { safeBoxId, participantId };
}

/** How somebody is changed, and how it is found out whether that has happened where it can be. */
interface Steps {
  /** @throws ProviderError INVALID_INPUT */
  readonly check?: () => unknown;
  /** Whose attention it takes, or `NOBODY`. */
  readonly rings: () => readonly RungPerson[];
  readonly effect: (access: Access) => Promise<Participant>;
  readonly ask?: (access: Access) => Promise<{ readonly sent: Participant } | undefined>;
}

/** Changes somebody, and tells everybody who follows the SafeBox. */
function changeParticipant<
  Input extends { safeBoxId: string; participantId?: string; idempotencyKey?: string | null },
>(
  context: SafeboxContext,
  operation: string,
  input: Input,
  { check, rings, effect, ask }: Steps,
): Promise<SafeBoxParticipantPayload> {
  const { accesses, boxes } = context.services;
  const { safeBoxId } = input;
  return command(context, operation, input, {
    prepare: () => {
      checkAll([() => checkSegments(idsOf(input)), () => check?.()]);
      return accesses.of(context);
    },
    rings,
    effect: (access) =>
      naming(safeBoxId, () =>
        boxes.guarded(
          access,
          safeBoxId,
          () =>
            explaining(boxes, access, { id: safeBoxId, field: 'safeBoxId' }, whenClosed, () =>
              calling('safeBoxId', () => effect(access)),
            ),
          { outer: 'safeBoxId', inner: input.participantId === undefined ? undefined : 'participantId' },
        ),
      ),
    ...(ask && { ask }),
    after: async (participant, access) => {
      await boxes.tellFollowers(context.caller, access, safeBoxId);
      return participant;
    },
    answer: (participant) => ({ participant: toParticipant(safeBoxId, participant) }),
  });
}
