import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Field, ID, Info, Mutation, ObjectType, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkEachFilled, checkFilled } from '../../src/check-given.js';
import { Identified } from '../../src/subgraph/identified.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { readPrivateKey } from '../../src/providers/xqkeys/crypto/rsa.js';
import { refusedCertificate } from '../../src/providers/xqkeys/devices.js';
import { checkDevice } from '../../src/providers/xqkeys/rules.js';
import type { CertificateBundle } from '../../src/providers/xqkeys/wire/account.js';
import { refused } from '../../src/subgraph/problem.type.js';
import { sessionReplaced } from '../../src/subgraph/provider-sessions.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { DEVICE, KEYS } from './context.js';
import type { XqkeysContext } from './context.js';
import {
  CreateXqDeviceCertificateInput,
  SignInToXqAsDeviceInput,
  SignInToXqWithCertificateInput,
} from './device.input.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { XqDeviceSessionPayload, XqSession } from './session.type.js';
import { dashboardToken, signedIn } from './sessions.js';

@Identified<XqDeviceCertificate>(({ certificateId }) => [certificateId])
@ObjectType({ description: 'All that a device needs to sign in with a certificate. Told once.' })
export class XqDeviceCertificate {
  constructor(private readonly bundle: CertificateBundle) {}

  @Field(() => ID, { description: 'Id of the certificate.' })
  get certificateId(): string {
    return String(this.bundle.id);
  }

  @Field(() => String, { description: 'The certificate (clientCert), as it is issued.' })
  get certificate(): string {
    return this.bundle.clientCert;
  }

  @RequiresScope(KEYS)
  @Field(() => String, { description: 'The transport key. Secret.' })
  get transportKey(): string {
    return this.bundle.transportKey;
  }

  @RequiresScope(KEYS)
  @Field(() => String, { description: 'The private key (clientKey). Secret.' })
  get privateKey(): string {
    return this.bundle.clientKey;
  }
}

@ObjectType({ description: 'Answer to making a certificate for devices.' })
export class CreateXqDeviceCertificatePayload extends Payload {
  @Field(() => XqDeviceCertificate, {
    nullable: true,
    description: 'The certificate; null when there is a problem.',
  })
  certificate?: XqDeviceCertificate;
}

@Resolver()
export class XqDeviceResolver {
  @VerifiesSecret()
  @RequiresScope(DEVICE)
  @CallsProvider(2)
  @Mutation(() => XqDeviceSessionPayload, {
    description:
      "Signs in as a device of a team by the team's locator key (authorize_device) and announces it there, in place of an earlier session. The provider lets in addresses that the team trusts.",
  })
  signInToXqAsDevice(
    @Arg('input', () => SignInToXqAsDeviceInput, { description: 'The device.' })
    input: SignInToXqAsDeviceInput,
    @Ctx() context: XqkeysContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<XqDeviceSessionPayload> {
    requireSingleVerification(info);
    const { client } = context.services;
    return signIn(context, 'signInToXqAsDevice', input, true, () => {
      const { isRoaming: roaming } = input;
      const [businessId, locatorKey] = checkAll([
        () => checkedId('businessId', input.businessId),
        () => requireLocatorKey(input.locatorKey ?? client.locatorKey),
        () => checkDevice(input.device),
      ]);
      const device = input.device.trim();
      return () => client.devices.signIn({ businessId, device, roaming, locatorKey }, context);
    });
  }

  @VerifiesSecret()
  @RequiresScope(DEVICE)
  @CallsProvider(3)
  @Mutation(() => XqDeviceSessionPayload, {
    description:
      'Signs in as a device with a certificate (authorize_device_cert) and, if asked, announces it, in place of an earlier session.',
  })
  signInToXqWithCertificate(
    @Arg('input', () => SignInToXqWithCertificateInput, { description: 'The device and its certificate.' })
    input: SignInToXqWithCertificateInput,
    @Ctx() context: XqkeysContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<XqDeviceSessionPayload> {
    requireSingleVerification(info);
    const { client } = context.services;
    return signIn(context, 'signInToXqWithCertificate', input, input.announce, () => {
      const [certificateId, certificate, transportKey, keyText] = checkAll([
        () => checkedId('certificateId', input.certificateId),
        () => checkFilled('certificate', input.certificate),
        () => checkFilled('transportKey', input.transportKey),
        () => checkFilled('privateKey', input.privateKey),
        () => checkDevice(input.device),
      ]);
      const privateKey = readPrivateKey(keyText);
      if (!privateKey) throw refusedCertificate();
      const proof = { certificateId, certificate, transportKey, privateKey, device: input.device.trim() };
      return () => client.devices.signInWithCertificate(proof, context);
    });
  }

  @RequiresScope(DEVICE)
  @Mutation(() => CreateXqDeviceCertificatePayload, {
    description:
      'Makes a certificate with its transport key and private key (generate_device_certificate). Needs the dashboard.',
  })
  createXqDeviceCertificate(
    @Arg('input', () => CreateXqDeviceCertificateInput, { description: 'The certificate.' })
    input: CreateXqDeviceCertificateInput,
    @Ctx() context: XqkeysContext,
  ): Promise<CreateXqDeviceCertificatePayload> {
    const { client, sessions } = context.services;
    const { fence, isEnabled: enabled } = input;
    return command(context, 'createXqDeviceCertificate', input, {
      async prepare() {
        const [tag] = checkAll([() => checkFilled('tag', input.tag), () => checkEachFilled('fence', fence)]);
        return { tag, token: dashboardToken(await sessions.access(context)) };
      },
      rings: NOBODY,
      effect: ({ tag, token }) =>
        client.devices.createCertificate(token, { tag, fence, enabled }, { requestId: context.requestId }),
      answer: (bundle) => ({ certificate: new XqDeviceCertificate(bundle) }),
    });
  }
}

/** @throws ProviderError INVALID_INPUT */
function checkedId(field: string, text: string): string {
  const id = checkFilled(field, text);
  checkSegments({ [field]: id });
  return id;
}

/** @throws ProviderError INVALID_INPUT */
function requireLocatorKey(key: string | null | undefined): string {
  if (key?.trim()) return key;
  throw invalidInput(['locatorKey'], 'MISSING', 'locatorKey is needed: this server has none of its own.');
}

/**
 * Signs a device in, and announces it where that is asked for.
 * @param prepare checks what was entered and answers the call that signs in
 */
function signIn(
  context: XqkeysContext,
  operation: string,
  input: { readonly device: string; readonly idempotencyKey?: string | null },
  announce: boolean,
  prepare: () => () => Promise<string>,
): Promise<XqDeviceSessionPayload> {
  const { caller, services } = context;
  const { client, sessions, clock } = services;
  const user = input.device.trim();
  return command(context, operation, input, {
    async prepare() {
      return { call: prepare(), seen: await sessions.seen(caller) };
    },
    rings: NOBODY,
    effect: ({ call }) => call(),
    async after(token, { seen }, at) {
      const session = await sessions.open(caller, signedIn({ kind: 'DEVICE', user, token }, at), seen);
      if (!session) return null;
      return {
        session,
        announced: announce && (await isAnnounced(client.devices.announce(token, user, context))),
      };
    },
    answer: (opened) =>
      opened
        ? { session: new XqSession(opened.session, clock.now()), isAnnounced: opened.announced }
        : refused(sessionReplaced(PROVIDER)),
  });
}

/** The session stands whatever comes of it. */
async function isAnnounced(announcing: Promise<void>): Promise<boolean> {
  try {
    await announcing;
    return true;
  } catch (error) {
    if (error instanceof ProviderError) return false;
    throw error;
  }
}
