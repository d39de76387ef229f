import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkLabels, checkLocators, checkRecipients } from '../../src/providers/xqkeys/rules.js';
import { checkGiven } from '../../src/check-given.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { changeKey, changeKeys } from './change-key.js';
import { WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { endingKeys } from './ending-keys.js';
import { granted, withdrawn } from './key-book.js';
import { AddXqKeyLabelsInput, XqKeyInput, XqKeyRecipientsInput, XqKeysInput } from './key.input.js';
import { XqKeyPayload, XqKeysPayload } from './key.payload.js';
import { dashboardToken } from './sessions.js';

/** How keys are shared, labelled and ended. */
@Resolver()
export class XqKeyChangeResolver {
  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, { description: 'Lets further people read a key of yours (grant_users).' })
  grantXqKey(
    @Arg('input', () => XqKeyRecipientsInput, { description: 'The key, and for whom.' })
    input: XqKeyRecipientsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, keys } = context.services;
    const { locator } = input;
    return changeKey(context, 'grantXqKey', input, {
      prepare: () => checkRecipients(input.recipients),
      rings: NOBODY,
      effect: (access, recipients) => client.keys.grant(access, locator, recipients),
      after: (_sent, recipients, access, at) =>
        keys.keepAccess(context.caller, access, locator, (record) => ({
          ...record,
          grants: granted(record.grants, recipients, at),
        })),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description:
      'Takes access to a key of yours back from people (revoke_users). What they have read already they keep.',
  })
  revokeXqKeyRecipients(
    @Arg('input', () => XqKeyRecipientsInput, { description: 'The key, and from whom.' })
    input: XqKeyRecipientsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, keys } = context.services;
    const { locator } = input;
    return changeKey(context, 'revokeXqKeyRecipients', input, {
      prepare: () => checkRecipients(input.recipients),
      rings: NOBODY,
      effect: (access, recipients) => client.keys.revokeUsers(access, locator, recipients),
      after: (_sent, recipients, access, at) =>
        keys.keepAccess(context.caller, access, locator, (record) => ({
          ...record,
          grants: withdrawn(record.grants, recipients, at),
        })),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Ends a key of yours for everybody, you included, for good (revoke_packet).',
  })
  revokeXqKey(
    @Arg('input', () => XqKeyInput, { description: 'The key.' }) input: XqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, keys } = context.services;
    const { locator } = input;
    return changeKey(context, 'revokeXqKey', input, {
      rings: NOBODY,
      effect: (access) => endingKeys(context, { locator }, () => client.keys.revoke(access, locator)),
      after: (_sent, _prepared, access, at) => keys.keepRevoked(context.caller, access, locator, at),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeysPayload, { description: 'Ends several keys of yours in one call, for good.' })
  revokeXqKeys(
    @Arg('input', () => XqKeysInput, { description: 'The keys.' }) input: XqKeysInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeysPayload> {
    const { client, keys } = context.services;
    return changeKeys(context, 'revokeXqKeys', input, {
      prepare: () => checkLocators(input.locators),
      rings: NOBODY,
      effect: (access, locators) =>
        endingKeys(context, input, () => client.keys.revokeMany(access, locators)),
      after: (_sent, locators, access, at) =>
        Promise.all(locators.map((locator) => keys.keepRevoked(context.caller, access, locator, at))),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Adds to the labels of a key (add_labels_to_locator_token). Needs the dashboard.',
  })
  addXqKeyLabels(
    @Arg('input', () => AddXqKeyLabelsInput, { description: 'The key, and its labels.' })
    input: AddXqKeyLabelsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, keys } = context.services;
    const { locator, labels } = input;
    return changeKey(context, 'addXqKeyLabels', input, {
      prepare: () => checkAll([() => checkGiven('labels', labels), () => checkLabels(labels)]),
      rings: NOBODY,
      effect: (access) => {
        const call = { requestId: context.requestId };
        return client.dashboard.addLabels(dashboardToken(access), locator, labels, call);
      },
      after: () => keys.keepLabels(context.caller, locator, labels),
    });
  }
}
