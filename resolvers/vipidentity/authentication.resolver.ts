import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { MAX_CREDENTIALS } from '../../src/providers/vipidentity/credentials.js';
import { checkProof } from '../../src/providers/vipidentity/proof.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import {
  AuthenticateVipCredentialsInput,
  AuthenticateVipUserInput,
  CheckVipOtpInput,
} from './authentication.input.js';
import { VipAuthenticationPayload } from './authentication.payload.js';
import { credentialTries, userTry } from './attempt-guard.js';
import { AUTHENTICATE } from './context.js';
import { optionsOf } from './options-of.js';
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
    const { onBehalfOfAccountId: account } = input;
    return perform(
      context,
      'authenticateVipUser',
      input,
      {
        prepare: () => {
          const { userId, otp, secondOtp, pin } = input;
          const proof = { userId, otp, secondOtp, pin };
          const [authContext] = checkAll([() => toAuthContext(input), () => checkProof(proof)]);
          return { ...proof, authContext };
        },
        tries: ({ userId }) => [userTry(userId)],
        rings: NOBODY,
        effect: (proof) => context.services.client.authenticateUser(proof, optionsOf(context, account)),
      },
      (performed) => new VipAuthenticationPayload(performed),
    );
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
    const { onBehalfOfAccountId: account } = input;
    return perform(
      context,
      'checkVipOtp',
      input,
      {
        prepare: () => {
          const { userId, otp, secondOtp } = input;
          const proof = { userId, otp, secondOtp };
          const [authContext] = checkAll([() => toAuthContext(input), () => checkProof(proof)]);
          return { ...proof, authContext };
        },
        tries: ({ userId }) => [userTry(userId)],
        rings: NOBODY,
        effect: (proof) => context.services.client.checkOtp(proof, optionsOf(context, account)),
      },
      (performed) => new VipAuthenticationPayload(performed),
    );
  }

  @RequiresScope(AUTHENTICATE)
  @VerifiesSecret()
  // Who holds them is asked first: tries count at their holders.
  @CallsProvider(1 + MAX_CREDENTIALS)
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
    const { onBehalfOfAccountId: account } = input;
    return perform(
      context,
      'authenticateVipCredentials',
      input,
      {
        prepare: () => {
          const { otp, secondOtp, activate } = input;
          const [credentials, authContext] = checkAll([
            () => toCredentialKeys(input.credentials),
            () => toAuthContext(input),
            () => checkProof({ otp, secondOtp }),
          ]);
          return { credentials, otp, secondOtp, activate, authContext };
        },
        tries: ({ credentials }) =>
          credentialTries(context.services.client, credentials, optionsOf(context, account)),
        rings: NOBODY,
        effect: (proof) =>
          context.services.client.authenticateCredentials(proof, optionsOf(context, account)),
      },
      (performed) => new VipAuthenticationPayload(performed),
    );
  }
}
