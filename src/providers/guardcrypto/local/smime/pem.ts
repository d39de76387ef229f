import { base64Lines } from '../base64-lines.js';
import { labelledBlocks } from '../text-blocks.js';

/** The bytes of every PEM block with one of these labels. */
export function pemBlocks(text: string, ...labels: readonly string[]): Buffer[] {
  return labelledBlocks(text, labels).map((block) => fromPem(block.text));
}

/** The bytes of one PEM block. */
export function fromPem(block: string): Buffer {
  const [, , base64 = ''] = block.split('-----', 3);
  return Buffer.from(base64, 'base64');
}

/** PEM of one block. */
export function toPem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${base64Lines(der, '\n')}-----END ${label}-----\n`;
}

/** Whether it is DER, a SEQUENCE longer than 127 bytes or of unknown length, and not text. */
export function isDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}
