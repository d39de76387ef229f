import { ProviderError } from '../../src/provider-error.js';
import type { ProblemCode } from '../../src/provider-error.js';
import type { ProblemReason } from '../../src/problem-reason.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { BoxInfo } from '../../src/providers/safebox/boxes.js';
import type { BoxService } from './box.service.js';

/** Why a change is refused. */
interface Explanation {
  readonly code: ProblemCode;
  readonly reason: ProblemReason;
  readonly message: string;
  readonly path?: readonly string[];
}

/** Why a refused change cannot be made, as far as a SafeBox with its options shows it. */
export type Explain = (box: BoxInfo) => Explanation | undefined;

const OPEN = 'in_progress';

const CLOSED = {
  code: 'ALREADY_COMPLETED',
  reason: 'WRONG_STATE',
  message: 'The SafeBox is closed.',
} as const;

/** For changes that an open SafeBox alone takes. */
export const whenClosed: Explain = ({ status }) => (status === OPEN ? undefined : CLOSED);

/** For what a SafeBox with its content alone takes. */
export const whenEmptied: Explain = ({ status }) =>
  status === 'content_deleted' ? { ...CLOSED, message: 'The content of the SafeBox is deleted.' } : undefined;

export const whyNotClosed: Explain = ({ status, securityOptions }) => {
  if (status !== OPEN)
    return { ...CLOSED, reason: 'ALREADY_DONE', message: 'The SafeBox is closed already.' };
  return notAllowed(securityOptions?.allowManualClose, 'be closed by hand');
};

export const whyNotDeleted: Explain = ({ status, securityOptions }) => {
  if (status === OPEN)
    return { code: 'CONFLICT', reason: 'WRONG_STATE', message: 'The SafeBox is open: close it first.' };
  if (status === 'content_deleted')
    return { ...CLOSED, reason: 'ALREADY_DONE', message: 'The content of the SafeBox is deleted already.' };
  return notAllowed(securityOptions?.allowManualDelete, 'be emptied by hand');
};

export const whyNotReplied =
  (consent: boolean | null | undefined): Explain =>
  (box) => {
    const { consentGroupId = null, replyEnabled } = box.securityOptions ?? {};
    const why = whenClosed(box) ?? notAllowed(replyEnabled, 'be replied to');
    if (why || consentGroupId === null || consent === true) return why;
    return {
      code: 'CONFLICT',
      reason: 'CONSENT_NEEDED',
      message: 'consent must be true: the SafeBox has a consent message, which the reader accepts.',
      path: ['consent'],
    };
  };

function notAllowed(isAllowed: boolean | null | undefined, what: string): Explanation | undefined {
  const message = `The security profile of the SafeBox does not let it ${what}.`;
  return isAllowed === false ? { code: 'CONFLICT', reason: 'NOT_ALLOWED', message } : undefined;
}

/**
 * Runs a change. The provider refuses without a reason: how the SafeBox stands then tells it.
 * @param field in which the caller names the SafeBox
 */
export async function explaining<Result>(
  boxes: BoxService,
  access: Access,
  { id, field = 'id' }: { readonly id: string; readonly field?: string },
  explain: Explain,
  change: () => Promise<Result>,
): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'CONFLICT') throw error;
    const box = await boxes.look(access, id, ['securityOptions']).catch(() => null);
    const why = box && explain(box);
    if (!why) throw error;
    throw error.with({ path: [field], ...why });
  }
}
