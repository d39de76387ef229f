import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import type { EnvelopeCipher } from '../../src/providers/xqkeys/crypto/envelope.js';
import type { XqCipher as Cipher } from '../../src/providers/xqkeys/crypto/key-text.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ProviderError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { checkLabels, checkPolicy } from '../../src/providers/xqkeys/rules.js';
import { command } from '../../src/subgraph/command.js';
import { refused } from '../../src/subgraph/problem.type.js';
import type { Refused } from '../../src/subgraph/problem.type.js';
import { OPEN, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqCipher, XqSealingCipher } from './enums.js';
import { XqKeyInput, XqTimedPolicyInput } from './key.input.js';
import { timedPolicyOf } from './key-policy.js';
import { XqKey } from './key.type.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { checkText, openText, readCiphertext, sealText } from './sealed-text.js';

@InputType({ description: 'A text to protect.' })
export class SealWithXqKeyInput extends XqTimedPolicyInput {
  @Field(() => String, {
    description: `The text, at most ${LIMITS.textBytes} bytes of UTF-8. Secret: sealed here, sent to nobody, never kept.`,
  })
  text!: string;

  @Field(() => XqSealingCipher, {
    defaultValue: XqSealingCipher.AES_GCM,
    description: 'How it is sealed.',
  })
  cipher!: EnvelopeCipher;

  @Field(() => [String], { defaultValue: [], description: 'Labels of the key.' })
  labels!: string[];
}

@InputType({ description: 'A sealed text, and the key it was sealed with.' })
export class OpenWithXqKeyInput extends XqKeyInput {
  @Field(() => String, { description: `The sealed text: base64 of at most ${2 * LIMITS.textBytes} bytes.` })
  ciphertext!: string;

  @Field(() => XqCipher, {
    nullable: true,
    description: 'How it was sealed; when left out, what the key says, or whichever opens it.',
  })
  cipher?: Cipher | null;
}

@ObjectType({ description: 'Answer to sealing a text.' })
export class SealWithXqKeyPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'The sealed text, base64, as the clients of the provider read it; null when there is a problem. Keep it together with the locator: nobody else does.',
  })
  ciphertext?: string;

  @Field(() => XqKey, {
    nullable: true,
    description: 'The new key it was sealed with; null when there is a problem.',
  })
  xqKey?: XqKey;
}

@ObjectType({ description: 'Answer to opening a text.' })
export class OpenWithXqKeyPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The text; null when there is a problem. Secret.' })
  text?: string;

  @Field(() => XqCipher, { nullable: true, description: 'How it was sealed; null when there is a problem.' })
  cipher?: string;

  @Field(() => ID, { nullable: true, description: 'Locator of the key; null when there is a problem.' })
  locator?: string;
}

@Resolver()
export class XqSealResolver {
  @RequiresScope(WRITE)
  @Mutation(() => SealWithXqKeyPayload, {
    description:
      'Protects a small text in one step: seals it with a new key, and stores that for its recipients. The text does not leave this server.',
  })
  sealWithXqKey(
    @Arg('input', () => SealWithXqKeyInput, { description: 'The text, and who may read it.' })
    input: SealWithXqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<SealWithXqKeyPayload> {
    const { client, maker, sessions } = context.services;
    return command(context, 'sealWithXqKey', input, {
      async prepare() {
        const [policy, labels] = checkAll([
          () => checkPolicy({ ...timedPolicyOf(input), type: 'MESSAGE' }),
          () => (input.labels.length > 0 ? checkLabels(input.labels) : null),
          () => checkText(input.text),
        ]);
        const access = await sessions.access(context);
        return { access, policy: { ...policy, labels }, sealed: await sealText(input.text, input.cipher) };
      },
      rings: NOBODY,
      effect: ({ access, policy, sealed }) => client.packets.createAndStore(access, sealed.key, policy),
      identify: (locator) => locator,
      after: async (locator, { policy, sealed }, at) => ({
        ciphertext: sealed.ciphertext,
        keys: await maker.keepCreated(context.caller, [locator], policy, at),
      }),
      answer: ({ ciphertext, keys }) => ({
        ciphertext,
        ...keys.map((key) => ({ xqKey: new XqKey(key) }))[0],
      }),
    });
  }

  @RequiresScope(OPEN)
  @Mutation(() => OpenWithXqKeyPayload, {
    description:
      'Opens a small text with a key that you may read (get_packet), which stays here. The read shows in the event log, and uses up a key that is deleted on receipt. A key that did not open the text is kept for your session, for ten minutes after the last try, and the next try does not fetch it again.',
  })
  openWithXqKey(
    @Arg('input', () => OpenWithXqKeyInput, { description: 'The sealed text, and its key.' })
    input: OpenWithXqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<OpenWithXqKeyPayload> {
    const { caller, services } = context;
    const { fetched, sessions } = services;
    const { locator, ciphertext, cipher = null } = input;
    let isFirst = false;
    return command(context, 'openWithXqKey', input, {
      async prepare() {
        const [sealed] = checkAll([
          () => readCiphertext(ciphertext, cipher),
          () => checkSegments({ locator }),
        ]);
        return { sealed, access: await sessions.access(context) };
      },
      rings: NOBODY,
      effect({ access, sealed }) {
        isFirst = true;
        return fetched.opening(caller, access, locator, (key) => openText(key, sealed, cipher));
      },
      async after({ text, opened }, { access }) {
        const mayBeRepeated = Boolean(input.idempotencyKey);
        const { isUsedUp } = await fetched.afterFetch(caller, access, locator, text, mayBeRepeated);
        return { session: access.id, isUsedUp, opened: opened ?? null };
      },
      async answer({ session, isUsedUp, opened }, { access }) {
        if (!opened) return refusal('CONFLICT', 'ciphertext');
        const mayShow =
          isFirst || (session === access.id && (await fetched.stands(caller, access, locator, { isUsedUp })));
        return mayShow ? { ...opened, locator } : refusal('NOT_FOUND', 'locator');
      },
    });
  }
}

function refusal(code: 'CONFLICT' | 'NOT_FOUND', field: string): Refused {
  const message = code === 'CONFLICT' ? 'The ciphertext cannot be opened with this key.' : undefined;
  return refused(new ProviderError(code, { provider: PROVIDER, message, path: [field] }));
}
