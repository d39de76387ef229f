import { fromBase64 } from '../../src/base64.js';
import { checkAll } from '../../src/check-all.js';
import { checkFilled } from '../../src/check-given.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import type { ChosenOptions } from '../../src/providers/safebox/content.js';
import { checkExpiration } from '../../src/providers/safebox/expiration-rules.js';
import { checkShape, UNKNOWN_TYPE } from '../../src/providers/safebox/file-rules.js';
import type { AnnouncedFile } from '../../src/providers/safebox/file-rules.js';
import type { ParticipantChange } from '../../src/providers/safebox/people.js';
import type {
  ReplyToSafeBoxInput,
  SafeBoxContentInput,
  SafeBoxFileInput,
  SafeBoxSecurityOptionsInput,
} from './content.input.js';
import { requireKnown, toWireWord } from './enums.js';
import type { SafeBoxRecipientInput } from './people.input.js';
import { isSamePerson, toParticipantChange } from './person-change.js';

/** Largest file within a request, bytes; larger ones go by ticket. */
export const MAX_INLINE_BYTES = 1024 * 1024;

/** A small file that came within the request. */
export interface InlineFile extends AnnouncedFile {
  readonly bytes: Buffer;
}

/** The files of a SafeBox or a reply: sent before by ticket, or small and within the request. */
export interface GivenFiles {
  readonly uploads: readonly string[];
  readonly files: readonly InlineFile[];
}

/** A SafeBox to be opened, without its id. */
export interface GivenBox extends GivenFiles {
  readonly subject: string | null;
  readonly message: string | null;
  readonly recipients: readonly ParticipantChange[];
  readonly securityProfileId: string | null;
  readonly notificationLanguage: string;
  readonly emailNotificationEnabled: boolean | null;
  readonly options: ChosenOptions;
}

/** A reply to be sent. */
export interface GivenReply extends GivenFiles {
  readonly message: string | null;
  readonly consent: boolean | null;
}

const ENUMS = ['retentionPeriodType', 'retentionPeriodUnit', 'expirationUnit'] as const;

/** @throws ProviderError INVALID_INPUT, TOO_LARGE */
export function toGivenBox({ securityOptions, ...input }: SafeBoxContentInput): GivenBox {
  const options = toChosenOptions(securityOptions ?? {});
  const { recipients } = input;
  const person = (one: SafeBoxRecipientInput, index: number) =>
    toParticipantChange(one, ['recipients', String(index)]);
  checkAll([
    () => checkSome(recipients),
    ...recipients.map((one, index) => () => person(one, index)),
    () => checkDistinct(recipients),
    () => checkFilled('notificationLanguage', input.notificationLanguage),
    ...ENUMS.map((name) => () => requireKnown(['securityOptions', name], securityOptions?.[name])),
    () => checkExpiration(options),
    ...textChecks(input),
  ]);
  return {
    subject: input.subject ?? null,
    recipients: recipients.map(person),
    securityProfileId: input.securityProfileId ?? null,
    notificationLanguage: input.notificationLanguage,
    emailNotificationEnabled: input.isEmailNotificationEnabled ?? null,
    options,
    ...toGivenText(input),
  };
}

/** The options in the words of the wire. */
function toChosenOptions({
  isReplyEnabled: replyEnabled,
  hasGroupReplies: groupReplies,
  hasEncryptedMessages: encryptMessage,
  hasDoubleEncryption: doubleEncryption,
  ...options
}: SafeBoxSecurityOptionsInput): ChosenOptions {
  return {
    ...options,
    replyEnabled,
    groupReplies,
    encryptMessage,
    doubleEncryption,
    retentionPeriodType: toWireWord(options.retentionPeriodType),
    retentionPeriodUnit: toWireWord(options.retentionPeriodUnit),
    expirationUnit: toWireWord(options.expirationUnit),
  };
}

/** @throws ProviderError INVALID_INPUT, TOO_LARGE */
export function toGivenReply(input: ReplyToSafeBoxInput): GivenReply {
  checkAll(textChecks(input));
  return { consent: input.consent ?? null, ...toGivenText(input) };
}

type GivenText = Pick<SafeBoxContentInput, 'message' | 'uploads' | 'files'>;

function toGivenText({ message = null, uploads, files }: GivenText) {
  return { message, uploads, files: files.map(decode) };
}

function textChecks({ message, uploads, files }: GivenText): (() => unknown)[] {
  const isBlank = (message ?? '').trim() === '';
  const checkText = (): void => {
    if (isBlank && uploads.length === 0 && files.length === 0)
      throw invalidInput(['message'], 'BLANK', 'message must not be empty when there is no file.');
  };
  const checkFiles = files.flatMap((file, index) => [
    () => decode(file, index),
    () => checkShape(announced(file), ['files', String(index)]),
  ]);
  return [checkText, ...checkFiles];
}

function checkSome(recipients: readonly SafeBoxRecipientInput[]): void {
  if (recipients.length === 0)
    throw invalidInput(['recipients'], 'BLANK', 'recipients must name at least one person.');
}

/** Nobody gets one SafeBox twice. */
function checkDistinct(recipients: readonly SafeBoxRecipientInput[]): void {
  checkAll(
    recipients.map((one, index) => () => {
      if (recipients.findIndex((other) => isSamePerson(one, other)) === index) return;
      const message = 'recipients must not name the same person twice.';
      throw invalidInput(['recipients', String(index), 'email'], 'DUPLICATE', message);
    }),
  );
}

function decode({ fileName, contentType, contentBase64 }: SafeBoxFileInput, index: number): InlineFile {
  const path = ['files', String(index), 'contentBase64'];
  const bytes = fromBase64(contentBase64);
  if (!bytes) throw invalidInput(path, 'MALFORMED', 'contentBase64 must be Base64.');
  if (bytes.length > MAX_INLINE_BYTES) {
    throw new ProviderError('TOO_LARGE', {
      path,
      message: `contentBase64 must hold at most ${MAX_INLINE_BYTES} bytes; send larger files by ticket.`,
    });
  }
  return { ...announced({ fileName, contentType }), sizeBytes: bytes.length, bytes };
}

function announced({
  fileName,
  contentType,
}: Pick<SafeBoxFileInput, 'fileName' | 'contentType'>): AnnouncedFile {
  return { fileName, contentType: contentType || UNKNOWN_TYPE, sizeBytes: 0 };
}
