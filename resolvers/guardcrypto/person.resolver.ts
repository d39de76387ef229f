import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { GuardRecipientCertificate, toRecipientCertificate } from './certificate.type.js';
import type { GuardContext } from './context.js';
import { orNullWhenMissing } from './or-null-when-missing.js';
import { Person } from './person.type.js';
import { GuardRecipientKey, toRecipientKey } from './recipient.type.js';
import { READ } from './scopes.js';

@Resolver(() => Person)
export class GuardPersonResolver {
  @RequiresScope(READ)
  @CallsProvider()
  @FieldResolver(() => GuardRecipientKey, {
    nullable: true,
    description:
      "The person's PGP public key, with where it is from and whether it is trusted (OX Guard getRecipKey, which makes nothing here); null when there is none.",
  })
  async pgpKey(@Root() { email }: Person, @Ctx() context: GuardContext): Promise<GuardRecipientKey | null> {
    const { services } = context;
    const access = await services.sessions.access(context);
    const found = await orNullWhenMissing(() => services.client.externalKeys.find(access, { email }));
    return found?.publicRing ? toRecipientKey(found) : null;
  }

  @RequiresScope(READ)
  @CallsProvider()
  @FieldResolver(() => GuardRecipientCertificate, {
    nullable: true,
    description: "The person's S/MIME certificate (OX Guard getRecipCertificate); null when there is none.",
  })
  async smimeCertificate(
    @Root() { email }: Person,
    @Ctx() context: GuardContext,
  ): Promise<GuardRecipientCertificate | null> {
    const { services } = context;
    const access = await services.sessions.access(context);
    const found = await orNullWhenMissing(() => services.client.certificates.ofRecipient(access, email));
    return found && toRecipientCertificate(found);
  }
}
