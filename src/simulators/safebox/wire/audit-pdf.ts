import { ASSUMED } from '../assumptions.js';
import type { Box } from '../state/box.js';
import { eventText, type Locale } from '../texts.js';
import { date } from './date.js';

const LINES_PER_PAGE = 60;

/** The audit record of a SafeBox as a PDF of ASCII alone: one published client reads it as text. */
export function auditPdf(box: Box, locale: Locale): string {
  const lines = [
    `Audit record of SafeBox ${box.guid}`,
    `Status ${box.status}, security profile ${box.profileName}`,
    ...box.events.map(
      ({ name, at, details }) => `${date(at)}  ${ASSUMED.events[name]}  ${eventText(locale, name, details)}`,
    ),
  ];
  const pages: string[][] = [];
  for (let start = 0; start < lines.length; start += LINES_PER_PAGE)
    pages.push(lines.slice(start, start + LINES_PER_PAGE));
  return pdf(pages);
}

// Objects 1 to 3 are the catalogue, the page tree and the font; each page is two more, itself and its content.
function pdf(pages: readonly (readonly string[])[]): string {
  const pageNumber = (index: number): number => 4 + 2 * index;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${pageNumber(index)} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((lines, index) => {
      const content = `BT /F1 8 Tf 12 TL 40 800 Td ${lines.map((line) => `(${literal(line)}) '`).join(' ')} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${pageNumber(index) + 1} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return `${file}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

function literal(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\x20-\x7e]/g, '?');
  return ascii.replace(/[\\()]/g, '\\$&');
}
