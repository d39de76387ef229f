import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { ProviderError } from '../../src/provider-error.js';
import { checkCredential } from '../../src/providers/vipidentity/credentials.js';
import type { CheckedCredential } from '../../src/providers/vipidentity/credentials.js';
import type { CredentialType } from '../../src/providers/vipidentity/model.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { credentialTries, userTry } from './attempt-guard.js';
import { changeUser } from './change-user.js';
import { ON_BEHALF_OF } from './command.input.js';
import { READ, WRITE } from './context.js';
import { optionsOf } from './options-of.js';
import type { VipContext } from './context.js';
import {
  AddVipCredentialInput,
  AddVipTrustedDeviceInput,
  RegisterVipPhoneInput,
  RegisterVipServiceInput,
  RemoveVipCredentialInput,
  SendVipOtpInput,
  UpdateVipCredentialInput,
} from './credential.input.js';
import { phoneRung, userRung } from './rung.js';
import { VipCredential } from './credential.type.js';
import { requireCredentialType, VipCredentialType } from './enums.js';
import { perform } from './outcome.type.js';
import { RegisterVipCredentialPayload, SendVipOtpPayload, VipUserPayload } from './user.payload.js';

@Resolver()
export class VipCredentialResolver {
  @RequiresScope(READ)
  @Query(() => VipCredential, {
    nullable: true,
    description:
      'A credential with everybody who holds it; null when the provider does not know it (getCredentialInfo).',
  })
  async vipCredential(
    @IdOf('VipCredential', 'onBehalfOfAccountId', 'type')
    @Arg('credentialId', () => ID, { description: 'Id of the credential.' })
    credentialId: string,
    @Arg('type', () => VipCredentialType, { defaultValue: 'STANDARD_OTP', description: 'What kind it is.' })
    type: string,
    @Arg('onBehalfOfAccountId', () => ID, { nullable: true, description: ON_BEHALF_OF })
    onBehalfOfAccountId: string | undefined,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipCredential | null> {
    const selected = selectedPaths(info);
    try {
      const credential = await context.services.client.getCredential(
        { credentialId, credentialType: requireCredentialType('type', type) },
        { pushAttributes: selected.has('pushAttributes') || selected.has('isPushEnabled') },
        optionsOf(context, onBehalfOfAccountId),
      );
      return new VipCredential(credential, onBehalfOfAccountId ?? null);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  @RequiresScope(WRITE)
  @VerifiesSecret()
  @CallsProvider(3)
  @Mutation(() => VipUserPayload, {
    description: 'Binds a credential to a user who proves it with a code (addCredential).',
  })
  async addVipCredential(
    @Arg('input', () => AddVipCredentialInput, { description: 'The credential.' })
    input: AddVipCredentialInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    requireSingleVerification(info);
    const {
      userId,
      credentialId,
      type,
      friendlyName,
      isTrustedCredentialDevice: trustedCredentialDevice,
      otp,
      secondOtp,
    } = input;
    return changeUser(context, 'addVipCredential', input, {
      prepare: () => {
        const code = { otp, secondOtp };
        return { credentialId, credentialType: typeOf({ userId, credentialId, type, friendlyName, code }) };
      },
      tries: async (key) => [
        userTry(userId),
        ...(await credentialTries(
          context.services.client,
          [key],
          optionsOf(context, input.onBehalfOfAccountId),
        )),
      ],
      rings: NOBODY,
      effect: (client, options, key) =>
        client.addCredential(
          { userId, ...key, friendlyName, trustedCredentialDevice, code: { otp, secondOtp } },
          options,
        ),
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, {
    description: 'Binds a device to a user as trusted, without a code (addCredential).',
  })
  async addVipTrustedDevice(
    @Arg('input', () => AddVipTrustedDeviceInput, { description: 'The device.' })
    input: AddVipTrustedDeviceInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    const {
      userId,
      credentialId,
      type,
      friendlyName,
      isTrustedCredentialDevice: trustedCredentialDevice,
      isTrustedDevice: trustedDevice,
    } = input;
    return changeUser(context, 'addVipTrustedDevice', input, {
      prepare: () => typeOf({ userId, credentialId, type, friendlyName }),
      rings: NOBODY,
      effect: (client, options, credentialType) =>
        client.addCredential(
          { userId, credentialId, credentialType, friendlyName, trustedCredentialDevice, trustedDevice },
          options,
        ),
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, {
    description: 'Gives a credential of a user another name (updateCredential).',
  })
  async updateVipCredential(
    @Arg('input', () => UpdateVipCredentialInput, { description: 'The new name.' })
    input: UpdateVipCredentialInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    const { userId, credentialId, type, friendlyName } = input;
    return changeUser(context, 'updateVipCredential', input, {
      prepare: () => typeOf({ userId, credentialId, type, friendlyName }),
      rings: NOBODY,
      effect: (client, options, credentialType) =>
        client.updateCredential({ userId, credentialId, credentialType, friendlyName }, options),
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, {
    description:
      'Takes a credential from a user; one that nobody else holds is deactivated (removeCredential).',
  })
  async removeVipCredential(
    @Arg('input', () => RemoveVipCredentialInput, { description: 'Which credential.' })
    input: RemoveVipCredentialInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    const { userId, credentialId, type, isTrustedDevice: trustedDevice } = input;
    return changeUser(context, 'removeVipCredential', input, {
      prepare: () => typeOf({ userId, credentialId, type }),
      rings: NOBODY,
      effect: (client, options, credentialType) =>
        client.removeCredential({ userId, credentialId, credentialType, trustedDevice }, options),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => RegisterVipCredentialPayload, {
    description: 'Makes a phone known to the account for SMS or voice and sends it a code (register).',
  })
  async registerVipPhone(
    @Arg('input', () => RegisterVipPhoneInput, { description: 'The phone.' }) input: RegisterVipPhoneInput,
    @Ctx() context: VipContext,
  ): Promise<RegisterVipCredentialPayload> {
    const id = (input.sms ?? input.voice)?.phoneNumber ?? '';
    return perform(
      context,
      'registerVipPhone',
      input,
      {
        rings: () => phoneRung(input),
        effect: async () => {
          await context.services.client.registerPhone(input, optionsOf(context, input.onBehalfOfAccountId));
          return null;
        },
      },
      (performed) => new RegisterVipCredentialPayload(performed, id),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => RegisterVipCredentialPayload, {
    description: 'Makes a credential whose codes the service itself makes (register).',
    deprecationReason: 'The provider has given up service-generated codes: register a phone or use an app.',
  })
  async registerVipService(
    @Arg('input', () => RegisterVipServiceInput, { description: 'The service.' })
    input: RegisterVipServiceInput,
    @Ctx() context: VipContext,
  ): Promise<RegisterVipCredentialPayload> {
    const { serviceId, onBehalfOfAccountId } = input;
    return perform(
      context,
      'registerVipService',
      input,
      {
        rings: NOBODY,
        effect: () =>
          context.services.client.registerService(serviceId, optionsOf(context, onBehalfOfAccountId)),
      },
      (performed) => new RegisterVipCredentialPayload(performed, serviceId),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => SendVipOtpPayload, {
    description: 'Sends a code to a phone of a user by SMS or voice (sendOtp); check it with checkVipOtp.',
  })
  async sendVipOtp(
    @Arg('input', () => SendVipOtpInput, { description: 'Whom and where.' }) input: SendVipOtpInput,
    @Ctx() context: VipContext,
  ): Promise<SendVipOtpPayload> {
    const { userId, sms, voice, onBehalfOfAccountId } = input;
    return perform(
      context,
      'sendVipOtp',
      input,
      {
        rings: () => [userRung('code', userId), ...phoneRung(input)],
        effect: async () => {
          await context.services.client.sendOtp(
            { userId, sms, voice },
            optionsOf(context, onBehalfOfAccountId),
          );
          return true;
        },
      },
      (performed) => new SendVipOtpPayload(performed),
    );
  }
}

/** The type of a credential of which all is as it must be. @throws ProviderError INVALID_INPUT */
function typeOf({ type, ...credential }: CheckedCredential & { readonly type: string }): CredentialType {
  const [credentialType] = checkAll([
    () => requireCredentialType('type', type),
    () => checkCredential(credential),
  ]);
  return credentialType;
}
