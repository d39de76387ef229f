import { ASSUMED } from '../assumptions.js';
import type { TextKey } from '../texts.js';
import type { EnterpriseSettings } from './enterprise-settings.js';

/** Why the account takes no file of this name; extensions are compared without regard to case. */
export function refusalByName(settings: EnterpriseSettings, name: string): TextKey | undefined {
  const dot = name.lastIndexOf('.');
  const extension = dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
  const { mode, list } = settings.extension_filter;
  const isListed = list.some((listed) => listed.toLowerCase() === extension);
  if (isListed === (mode === 'forbid')) return 'fileTypeRefused';
  // The scanner is no more than this: the name of the harmless test file of the trade.
  if (settings.virus_scan_enabled && name.toLowerCase().startsWith('eicar')) return 'fileInfected';
  return undefined;
}

/** In bytes; endless when the account sets no limit. */
export function maxFileSize({
  max_file_size_value: value,
  max_file_size_unit: unit,
}: EnterpriseSettings): number {
  return value === null || unit === null ? Infinity : value * ASSUMED.sizeUnits[unit];
}
