import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Access } from '../../src/providers/safebox/access.js';
import type { Participant } from '../../src/providers/safebox/wire/people.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import type { Problem } from '../../src/subgraph/problem.type.js';
import { toParticipant } from './box.type.js';
import type { SafeboxContext } from './context.js';
import { once } from '../shared/once.js';
import type { SafeBoxParticipant } from './participant.type.js';
import {
  CreateSafeBoxParticipantInput,
  UpdateSafeBoxParticipantInput,
  DeleteSafeBoxParticipantContactMethodsInput,
} from './people.input.js';
import {
  CreateSafeBoxParticipantPayload,
  UpdateSafeBoxParticipantPayload,
  DeleteSafeBoxParticipantContactMethodsPayload,
} from './people.payload.js';
import { removalOf, toPersonChange } from './person-change.js';

@Resolver()
export class SafeBoxParticipantResolver {
  @RequiresScope('safebox:write')
  @Mutation(() => CreateSafeBoxParticipantPayload, {
    description: 'Adds somebody to an open SafeBox and invites them (create_participant).',
  })
  createSafeBoxParticipant(
    @Arg('input', () => CreateSafeBoxParticipantInput, { description: 'Whom, and to which.' })
    input: CreateSafeBoxParticipantInput,
    @Ctx() context: SafeboxContext,
  ): Promise<CreateSafeBoxParticipantPayload> {
    return changeParticipant('createSafeBoxParticipant', input, context, (access) =>
      context.services.client.people.createParticipant(
        access,
        input.safeBoxId,
        toPersonChange(input.participant),
      ),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => UpdateSafeBoxParticipantPayload, {
    description: 'Changes a participant, takes access away or gives it back (update_participant).',
  })
  updateSafeBoxParticipant(
    @Arg('input', () => UpdateSafeBoxParticipantInput, { description: 'What.' })
    input: UpdateSafeBoxParticipantInput,
    @Ctx() context: SafeboxContext,
  ): Promise<UpdateSafeBoxParticipantPayload> {
    const { safeBoxId, participantId, idempotencyKey: _key, ...person } = input;
    return changeParticipant('updateSafeBoxParticipant', input, context, (access) =>
      context.services.client.people.updateParticipant(
        access,
        safeBoxId,
        participantId,
        toPersonChange(person),
      ),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => DeleteSafeBoxParticipantContactMethodsPayload, {
    description: 'Removes telephone numbers of a participant (delete_participant_contact_methods).',
  })
  deleteSafeBoxParticipantContactMethods(
    @Arg('input', () => DeleteSafeBoxParticipantContactMethodsInput, { description: 'Which.' })
    input: DeleteSafeBoxParticipantContactMethodsInput,
    @Ctx() context: SafeboxContext,
  ): Promise<DeleteSafeBoxParticipantContactMethodsPayload> {
    const { safeBoxId, participantId, contactMethodIds } = input;
    return changeParticipant('deleteSafeBoxParticipantContactMethods', input, context, (access) =>
      context.services.client.people.updateParticipant(
        access,
        safeBoxId,
        participantId,
        removalOf(contactMethodIds),
      ),
    );
  }
}

/** Changes somebody once per idempotency key, and tells everybody who follows the SafeBox. */
function changeParticipant<Input extends { safeBoxId: string; idempotencyKey?: string | null }>(
  operation: string,
  input: Input,
  context: SafeboxContext,
  work: (access: Access) => Promise<Participant>,
): Promise<{ participant?: SafeBoxParticipant; problem?: Problem }> {
  const { accesses, boxes } = context.services;
  return attempt(async () => {
    const access = await accesses.of(context.caller);
    const participant = await boxes.guarded(access, input.safeBoxId, () =>
      once(context, operation, input, () => work(access)),
    );
    await boxes.tellFollowers(context.caller, access, input.safeBoxId);
    return { participant: toParticipant(participant) };
  });
}
