import { ASSUMED } from '../assumptions.js';
import type {
  credentialBindingDetailType,
  tokenCategoryDetailsType,
  tokenInformationType,
} from '../messages/answer-objects.js';
import type { bindingDetailType } from '../messages/objects.js';
import type { XmlType } from '../schema/xml-type.js';
import type { Account } from '../state/account.js';
import { takesPushes } from '../state/bindings.js';
import type { Binding, Credential, CredentialKey } from '../state/records.js';
import { tokenKind } from '../tokens/token-kinds.js';

type Holds<Type> = Type extends XmlType<infer Value> ? Value : never;

/** What an answer says about one of a user's credentials (dossier section 3.11). */
export function credentialDetail(
  account: Account,
  binding: Binding,
  wanted: { readonly includePushAttributes: boolean; readonly includeTokenInfo: boolean },
): Holds<typeof credentialBindingDetailType> {
  const { credentialId, credentialType } = binding;
  const credential = account.findCredential(binding);
  const withToken = wanted.includeTokenInfo && credential !== undefined;
  return {
    credentialId,
    credentialType,
    credentialStatus: credential?.status,
    tokenCategoryDetails: withToken ? tokenCategory(binding) : undefined,
    tokenInfo: withToken ? tokenInformation(credential) : undefined,
    bindingDetail: bindingDetail(binding),
    pushAttributes: wanted.includePushAttributes ? pushAttributes(account, binding) : [],
  };
}

/** Dossier section 3.10. */
export function bindingDetail(binding: Binding): Holds<typeof bindingDetailType> {
  return {
    bindStatus: binding.status,
    friendlyName: binding.friendlyName,
    trustedDevice: binding.trustedDevice,
    lastBindTime: binding.boundAt,
    lastAuthnTime: binding.lastAuthnAt,
    lastAuthnId: binding.lastAuthnId,
  };
}

/** Dossier section 3.13; none for what no push can reach. */
export function pushAttributes(account: Account, key: CredentialKey): { Key: string; Value: string }[] {
  if (!takesPushes(key)) return [];
  const enabled = account.findCredential(key)?.status === 'ENABLED';
  return Object.entries({
    PUSH_PLATFORM: key.credentialId.startsWith('SYMC') ? 'IPHONE' : 'ANDROID',
    PUSH_ENABLED: String(enabled),
    BIO_FINGERPRINT_CAPABLE: 'true',
    BIO_FINGERPRINT_ENABLED: 'false',
    FIRST_FACTOR_CAPABLE: 'true',
  }).map(([Key, Value]) => ({ Key, Value }));
}

const SENT_CODES = {
  SMS_OTP: { adapter: 'SMS_OTP', type: 'SMS' },
  VOICE_OTP: { adapter: 'VOICE_OTP', type: 'Voice' },
  SERVICE_OTP: { adapter: 'SERVER_OTP', type: 'Service' },
} as const;

// Dossier section 3.16; category and kind of what is no token are (assumed).
function tokenCategory({
  credentialType,
  credentialId,
}: CredentialKey): Holds<typeof tokenCategoryDetailsType> | undefined {
  if (credentialType !== 'STANDARD_OTP') return undefined;
  const kind = tokenKind(credentialId);
  if (kind === undefined) return undefined;
  return {
    CategoryId: kind.categoryId,
    FormFactor: kind.formFactor,
    MovingFactor: 'TIME',
    OtpGeneratedBy: kind.kind,
  };
}

function tokenInformation(credential: Credential): Holds<typeof tokenInformationType> | undefined {
  const { credentialType, credentialId, status, updatedAt } = credential;
  const common = {
    TokenStatus: status,
    ExpirationDate: updatedAt + ASSUMED.tokenLifetimeMs,
    LastUpdate: updatedAt,
    Owner: false,
  };
  switch (credentialType) {
    case 'STANDARD_OTP':
      return {
        TokenId: { text: credentialId },
        TokenKind: tokenKind(credentialId)?.kind,
        Adapter: 'OATH_TIME',
        ...common,
      };
    case 'SMS_OTP':
    case 'VOICE_OTP':
    case 'SERVICE_OTP': {
      const { adapter, type } = SENT_CODES[credentialType];
      return { TokenId: { text: credentialId, attribute: type }, Adapter: adapter, ...common };
    }
    case 'CERTIFICATE':
    case 'IA':
      return undefined;
  }
}
