import { escapeXml } from './xml.js';

/** An element on lines of its own, its content indented by two spaces. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const start = `<${name}${written.join('')}`;
  if (content.length === 0) return `${start}/>\n`;
  const indented = content.join('').replace(/^(?=.)/gm, '  ');
  return `${start}>\n${indented}</${name}>\n`;
}
