const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** A copy in which every text means itself inside XML; what is null or undefined is left out. */
export function escapeTexts(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character] ?? '');
  if (Array.isArray(value)) return value.map(escapeTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => held !== null && held !== undefined)
      .map(([name, held]) => [name, escapeTexts(held)]),
  );
}

/** Whether XML 1.0 can hold the text: no control characters, no halves of characters. */
export function isXmlText(text: string): boolean {
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text);
}
