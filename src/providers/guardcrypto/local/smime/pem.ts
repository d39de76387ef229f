import { base64Lines } from '../base64-lines.js';

/** The bytes of every PEM block with one of these labels. */
export function pemBlocks(text: string, ...labels: readonly string[]): Buffer[] {
  const pattern = new RegExp(`-----BEGIN (${labels.join('|')})-----([^-]+)-----END \\1-----`, 'g');
  return Array.from(text.matchAll(pattern), ([, , base64 = '']) => Buffer.from(base64, 'base64'));
}

/** PEM of one block. */
export function toPem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${base64Lines(der, '\n')}-----END ${label}-----\n`;
}

/** Whether it is DER, which begins with a SEQUENCE, and not text. */
export function isDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30;
}
