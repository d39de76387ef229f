import { Ctx, Field, ObjectType } from 'type-graphql';
import { CallsProvider } from '../../src/subgraph/cost.js';
import type { GuardUser, MailVerification, VerificationKind } from '../../src/providers/guardcrypto/mails.js';
import type { GuardContext } from './context.js';
import { GuardLocalContent } from './local-content.type.js';
import { GuardLocalUploadTicket } from './local-ticket.type.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({
  description:
    'What the provider says of the signatures of a mail. Each field asks for what it needs, and no more.',
})
export class GuardMailVerification {
  #whole: Promise<MailVerification> | undefined;

  constructor(
    private readonly kind: VerificationKind,
    private readonly user: GuardUser,
    private readonly content: Uint8Array,
  ) {}

  @CallsProvider()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is signed and the signatures are good. A mail without any is not.',
  })
  isVerified(@Ctx() { services, requestId }: GuardContext): Promise<boolean> {
    return services.client.mails.isVerified(this.kind, this.user, this.content, { requestId });
  }

  @CallsProvider()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the key of a signer is not known; null when the provider does not say.',
  })
  async isKeyMissing(@Ctx() context: GuardContext): Promise<boolean | null> {
    return (await this.#verify(context)).isKeyMissing;
  }

  @CallsProvider()
  @Field(() => GuardLocalContent, {
    nullable: true,
    description: 'The mail (MIME), with a header field in which the provider tells the outcome.',
  })
  async mail(@Ctx() context: GuardContext): Promise<GuardLocalContent> {
    return new GuardLocalContent((await this.#verify(context)).mail);
  }

  #verify({ services, requestId }: GuardContext): Promise<MailVerification> {
    return (this.#whole ??= services.client.mails.verify(this.kind, this.user, this.content, { requestId }));
  }
}

@ObjectType({ description: 'Answer to encrypting a mail.' })
export class EncryptGuardMailPayload extends Payload {
  @Field(() => GuardLocalContent, {
    nullable: true,
    description: 'The mail (MIME) as it is to be sent or stored.',
  })
  mail?: GuardLocalContent;

  @Field(() => GuardLocalUploadTicket, {
    nullable: true,
    description:
      'Where to send the mail, when the input had none; the answer to that is the mail as it is to be sent or stored.',
  })
  ticket?: GuardLocalUploadTicket;
}
