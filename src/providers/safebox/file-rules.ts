import { checkAll } from '../../check-all.js';
import type { ProblemReason } from '../../problem-reason.js';
import { invalidInput, ProviderError } from '../../provider-error.js';
import { PROVIDER } from './errors.js';
import type { EnterpriseSettings } from './wire/account.js';

/** Units of `max_file_size_unit` in bytes (assumed by the dossier 3.9, as no source states them). */
const SIZE_UNITS: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** A file before its bytes are there. */
export interface AnnouncedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
}

const MAX_NAME_CHARACTERS = 255;

/** Of a file whose media type nobody knows; browsers say an empty one then. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Refuses what the account does not take, before any byte is taken. Viruses are found by the provider alone, which then
 * refuses the upload.
 * @param path of the file in the caller's input
 * @throws ProviderError INVALID_INPUT or TOO_LARGE
 */
export function checkFile(
  file: AnnouncedFile,
  settings: EnterpriseSettings,
  path: readonly string[] = [],
): void {
  checkAll([
    () => checkShape(file, path),
    () => checkExtension(file, settings, path),
    () => checkSize(file, settings, path),
  ]);
}

function checkExtension(
  { fileName }: AnnouncedFile,
  { extensionFilter: filter }: EnterpriseSettings,
  path: readonly string[],
): void {
  const isListed = filter?.list.some((listed) => listed.toLowerCase() === extensionOf(fileName));
  if (!filter || isListed === (filter.mode === 'allow')) return;
  throw invalidInput(
    [...path, 'fileName'],
    'NOT_ALLOWED',
    'fileName has an extension that the account does not take.',
  );
}

function checkSize(
  { sizeBytes }: AnnouncedFile,
  settings: EnterpriseSettings,
  path: readonly string[],
): void {
  if (sizeBytes <= maxFileBytes(settings)) return;
  throw new ProviderError('TOO_LARGE', {
    provider: PROVIDER,
    path: [...path, 'sizeBytes'],
    message: `sizeBytes must be at most ${maxFileBytes(settings)}.`,
  });
}

/** In bytes; endless when the account sets no limit, or one in a unit that is not known. */
export function maxFileBytes({ maxFileSizeValue, maxFileSizeUnit }: EnterpriseSettings): number {
  const unit = SIZE_UNITS[maxFileSizeUnit?.toUpperCase() ?? ''];
  return maxFileSizeValue === null || unit === undefined ? Infinity : maxFileSizeValue * unit;
}

/** What holds for every file, whatever the account takes. @throws ProviderError INVALID_INPUT */
export function checkShape(
  { fileName, contentType, sizeBytes }: AnnouncedFile,
  path: readonly string[],
): void {
  checkAll([
    () => checkName(fileName, path),
    () => checkType(contentType, path),
    () => {
      if (Number.isSafeInteger(sizeBytes) && sizeBytes >= 0) return;
      throw invalidInput(
        [...path, 'sizeBytes'],
        'OUT_OF_RANGE',
        'sizeBytes must be a whole number of bytes.',
      );
    },
  ]);
}

function checkName(fileName: string, path: readonly string[]): void {
  const isLong = [...fileName].length > MAX_NAME_CHARACTERS;
  const isFolder = fileName === '.' || fileName === '..';
  if (fileName.trim() !== '' && !isLong && !isFolder && !/[\p{Cc}\p{Cs}/\\]/u.test(fileName)) return;
  throw invalidInput(
    [...path, 'fileName'],
    reasonOf(fileName),
    `fileName must have 1 to ${MAX_NAME_CHARACTERS} characters, without slashes and control characters.`,
  );
}

function checkType(contentType: string, path: readonly string[]): void {
  if (/^[\w.+-]+\/[\w.+-]+(; *[\w-]+=[\w.+-]+)*$/.test(contentType)) return;
  throw invalidInput(
    [...path, 'contentType'],
    'MALFORMED',
    'contentType must be a media type such as application/pdf.',
  );
}

function reasonOf(fileName: string): ProblemReason {
  if (fileName.trim() === '') return 'BLANK';
  return [...fileName].length > MAX_NAME_CHARACTERS ? 'TOO_LONG' : 'MALFORMED';
}

function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase();
}
