import { ASSUMED } from '../assumptions.js';
import { Refusal } from '../statuses.js';

interface AuthContext {
  readonly params: readonly { readonly Key: string; readonly Value: string }[];
}

/** Only configured levels can be asked for. @throws Refusal 600B */
export function checkAuthContext(context: AuthContext | undefined): void {
  const level = context?.params.find(({ Key }) => Key === 'authLevel.level')?.Value;
  if (level === undefined) return;
  const { min, max } = ASSUMED.authLevels;
  if (!/^\d{1,2}$/.test(level) || Number(level) < min || Number(level) > max) throw new Refusal('600B');
}
