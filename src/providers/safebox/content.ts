import { requireAsked } from '../kit/parse.js';
import type { Access } from './access.js';
import type { Api } from './api.js';
import { PROVIDER } from './errors.js';
import { toWire } from './people.js';
import type { ParticipantChange } from './people.js';
import type { CommittedBox, NewBox } from './wire/box.js';
import { toWireId } from './wire/fields.js';

/** What the sender may choose; what is absent comes from the security profile (dossier op 8). */
export interface ChosenOptions {
  readonly replyEnabled?: boolean | null | undefined;
  readonly groupReplies?: boolean | null | undefined;
  readonly encryptMessage?: boolean | null | undefined;
  readonly doubleEncryption?: boolean | null | undefined;
  readonly retentionPeriodType?: string | null | undefined;
  readonly retentionPeriodValue?: number | null | undefined;
  readonly retentionPeriodUnit?: string | null | undefined;
  readonly expirationValue?: number | null | undefined;
  readonly expirationUnit?: string | null | undefined;
  readonly expirationDate?: string | null | undefined;
  readonly expirationTime?: string | null | undefined;
  readonly expirationTimeZone?: string | null | undefined;
}

/** A SafeBox to be opened. */
export interface BoxDraft {
  readonly guid: string;
  readonly userEmail: string | null;
  readonly subject: string | null;
  readonly message: string | null;
  readonly documentIds: readonly string[];
  readonly securityProfileId: string;
  readonly publicEncryptionKey: string | null;
  readonly notificationLanguage: string;
  readonly emailNotificationEnabled: boolean | null;
  readonly recipients: readonly ParticipantChange[];
  readonly options: ChosenOptions;
}

export interface Reply {
  readonly message: string | null;
  readonly consent: boolean | null;
  readonly documentIds: readonly string[];
}

/** Opening SafeBoxes and replying (dossier ops 6, 8 and 10). */
export interface ContentCalls {
  /** Reserves a guid: a write, although the wire says GET. */
  initialize(access: Access, userEmail: string | null): Promise<NewBox>;
  commit(access: Access, draft: BoxDraft): Promise<CommittedBox>;
  /** Announces one file of a SafeBox; answers where its bytes go. */
  newFile(
    access: Access,
    boxId: string,
    sizeBytes: number,
    publicEncryptionKey: string | null,
  ): Promise<string>;
  reply(access: Access, boxId: string, reply: Reply): Promise<void>;
}

export function contentCalls({ call }: Api): ContentCalls {
  return {
    initialize: (access, userEmail) =>
      call(access, 'initializeSafebox', { query: { user_email: userEmail } }),
    async commit(access, { options, recipients, securityProfileId, ...draft }) {
      const box = await call(access, 'commitSafebox', {
        json: {
          safebox: {
            ...draft,
            ...options,
            securityProfileId: toWireId(securityProfileId),
            recipients: recipients.map(toWire),
          },
        },
      });
      requireAsked({ provider: PROVIDER, operation: 'commitSafebox', kind: 'write' }, draft.guid, box.guid);
      return box;
    },
    async newFile(access, safeBoxId, sizeBytes, publicEncryptionKey) {
      const temporaryDocument = { documentFileSize: sizeBytes };
      const json = { temporaryDocument, multipart: false, publicEncryptionKey };
      return (await call(access, 'newFile', { path: { safeBoxId }, json })).uploadUrl;
    },
    reply: (access, id, reply) => call(access, 'reply', { path: { id }, json: { safebox: reply } }),
  };
}
