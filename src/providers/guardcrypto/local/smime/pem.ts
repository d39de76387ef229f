import { fromBase64 } from '../base64.js';
import { base64Lines } from '../base64-lines.js';
import { labelledBlocks } from '../text-blocks.js';

/** Stands for a block that is none. */
const UNREADABLE = Buffer.alloc(0);

/** The bytes of every PEM block with one of these labels, and of each that begins and does not end. */
export function pemBlocks(text: string, ...labels: readonly string[]): Buffer[] {
  const blocks = labelledBlocks(text, labels).map(({ text: block }) => fromPem(block) ?? UNREADABLE);
  const begun = labels.reduce((sum, label) => sum + text.split(`-----BEGIN ${label}-----`).length - 1, 0);
  return begun > blocks.length ? [...blocks, UNREADABLE] : blocks;
}

/** The bytes of one PEM block; undefined where anything but Base64 stands in it, which some programs would show. */
export function fromPem(block: string): Buffer | undefined {
  const [, , base64 = '', , ...more] = block.split('-----');
  return more.length === 1 ? fromBase64(base64.replaceAll(/[ \t\r\n]/g, '')) : undefined;
}

/** PEM of one block. */
export function toPem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${base64Lines(der, '\n')}-----END ${label}-----\n`;
}

/** Whether it is DER, a SEQUENCE longer than 127 bytes or of unknown length, and not text. */
export function isDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}
