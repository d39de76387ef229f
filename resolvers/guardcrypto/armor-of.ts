import { toArmor } from '../../src/providers/guardcrypto/armor.js';

/** Armor out of an input. */
export function armorOf({
  armored,
  base64,
}: {
  armored?: string | null;
  base64?: string | null;
}): Promise<string> {
  return toArmor({ armored: armored ?? null, base64: base64 ?? null });
}
