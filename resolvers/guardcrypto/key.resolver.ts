import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { requireKeyId } from '../../src/providers/guardcrypto/key-id.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import type { GuardContext } from './context.js';
import { orNullWhenMissing } from './or-null-when-missing.js';
import { GuardKeyRing, toKeyRings } from './key.type.js';
import { ownRing } from './own-ring.js';
import { READ } from './scopes.js';
import { GuardKeySignature, toSignature } from './signature.type.js';
import { KEY_ID, KeyIdArgument } from './key-names.js';

@Resolver()
export class GuardKeyResolver {
  @RequiresScope(READ)
  @Query(() => [GuardKeyRing], { nullable: true, description: 'All your PGP key rings (getKeys).' })
  async guardKeyRings(@Ctx() context: GuardContext): Promise<GuardKeyRing[]> {
    const { services } = context;
    return toKeyRings(await services.client.keys.rings(await services.sessions.access(context)));
  }

  @RequiresScope(READ)
  @Query(() => GuardKeyRing, {
    nullable: true,
    description:
      'One of your key rings (getKey; getKeys where its private half is asked for); null when there is none.',
  })
  async guardKeyRing(
    @KeyIdArgument
    @Arg('keyId', () => ID, { nullable: true, description: `${KEY_ID} Null: the current ring.` })
    keyId: string | undefined,
    @Ctx() context: GuardContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<GuardKeyRing | null> {
    const { services } = context;
    const id = keyId === undefined || keyId === null ? null : requireKeyId('keyId', keyId);
    const access = await services.sessions.access(context);
    return orNullWhenMissing(() => ownRing(services.client.keys, access, id, info));
  }

  @RequiresScope(READ)
  @Query(() => String, {
    nullable: true,
    description:
      'The public half of one of your rings as ASCII armor, as a file (downloadKey); null when there is none.',
  })
  async guardPublicKeyFile(
    @KeyIdArgument
    @Arg('keyId', () => ID, { nullable: true, description: `${KEY_ID} Null: the current ring.` })
    keyId: string | undefined,
    @Ctx() context: GuardContext,
  ): Promise<string | null> {
    const { services } = context;
    const id = keyId === undefined || keyId === null ? null : requireKeyId('keyId', keyId);
    const access = await services.sessions.access(context);
    return orNullWhenMissing(() => services.client.keys.downloadPublic(access, id));
  }

  @RequiresScope(READ)
  @Query(() => [GuardKeySignature], {
    nullable: true,
    description: 'The signatures on a key (getSignatures), as the provider has checked them.',
  })
  async guardKeySignatures(
    @KeyIdArgument
    @Arg('keyId', () => ID, { description: KEY_ID })
    keyId: string,
    @Arg('includeSubkeys', () => Boolean, {
      defaultValue: false,
      description: 'Those on its subkeys too, for a master key.',
    })
    includeSubkeys: boolean,
    @Ctx() context: GuardContext,
  ): Promise<GuardKeySignature[]> {
    const { services } = context;
    const id = requireKeyId('keyId', keyId);
    const access = await services.sessions.access(context);
    return (await services.client.keys.signatures(access, id, includeSubkeys)).map(toSignature);
  }
}
