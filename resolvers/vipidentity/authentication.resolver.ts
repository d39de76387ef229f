import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import {
  AuthenticateVipCredentialsInput,
  AuthenticateVipUserInput,
  CheckVipOtpInput,
} from './authentication.input.js';
import { VipAuthenticationPayload } from './authentication.payload.js';
import { AUTHENTICATE, optionsOf } from './context.js';
import type { VipContext } from './context.js';
import { toCredentialKeys } from './credential-keys.js';
import { perform } from './outcome.type.js';
import { toAuthContext } from './push-request.js';

@Resolver()
export class VipAuthenticationResolver {
  @RequiresScope(AUTHENTICATE)
  @VerifiesSecret()
  @Mutation(() => VipAuthenticationPayload, {
    description:
      'Checks a code, and a PIN if given, against all credentials of a user (authenticateUser). A right code is used up.',
  })
  async authenticateVipUser(
    @Arg('input', () => AuthenticateVipUserInput, { description: 'User and code.' })
    input: AuthenticateVipUserInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipAuthenticationPayload> {
    requireSingleVerification(info);
    const performed = await perform(context, 'authenticateVipUser', input, async () => {
      const { userId, pin, otp, secondOtp, onBehalfOfAccountId } = input;
      const proof = { userId, pin, otp, secondOtp, authContext: toAuthContext(input) };
      await context.services.attempts.user(userId, onBehalfOfAccountId);
      return context.services.client.authenticateUser(proof, optionsOf(context, onBehalfOfAccountId));
    });
    return new VipAuthenticationPayload(performed);
  }

  @RequiresScope(AUTHENTICATE)
  @VerifiesSecret()
  @Mutation(() => VipAuthenticationPayload, {
    description: 'Checks a code against all credentials of a user (checkOtp). A right code is used up.',
  })
  async checkVipOtp(
    @Arg('input', () => CheckVipOtpInput, { description: 'User and code.' }) input: CheckVipOtpInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipAuthenticationPayload> {
    requireSingleVerification(info);
    const performed = await perform(context, 'checkVipOtp', input, async () => {
      const { userId, otp, secondOtp, onBehalfOfAccountId } = input;
      const proof = { userId, otp, secondOtp, authContext: toAuthContext(input) };
      await context.services.attempts.user(userId, onBehalfOfAccountId);
      return context.services.client.checkOtp(proof, optionsOf(context, onBehalfOfAccountId));
    });
    return new VipAuthenticationPayload(performed);
  }

  @RequiresScope(AUTHENTICATE)
  @VerifiesSecret()
  @Mutation(() => VipAuthenticationPayload, {
    description:
      'Checks a code against credentials without naming a user: tokens (STANDARD_OTP) or phones (SMS_OTP) (authenticateCredentials).',
  })
  async authenticateVipCredentials(
    @Arg('input', () => AuthenticateVipCredentialsInput, { description: 'Credentials and code.' })
    input: AuthenticateVipCredentialsInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipAuthenticationPayload> {
    requireSingleVerification(info);
    const performed = await perform(context, 'authenticateVipCredentials', input, async () => {
      const { otp, secondOtp, activate, onBehalfOfAccountId } = input;
      const credentials = toCredentialKeys(input.credentials);
      const proof = { credentials, otp, secondOtp, activate, authContext: toAuthContext(input) };
      await context.services.attempts.credentials(credentials, onBehalfOfAccountId);
      return context.services.client.authenticateCredentials(proof, optionsOf(context, onBehalfOfAccountId));
    });
    return new VipAuthenticationPayload(performed);
  }
}
