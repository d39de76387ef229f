import type { SettingDescription, SettingGroup } from '../../src/config/describe-settings.js';
import { WRITTEN } from './written.js';

/** The page about settings: one table per group. */
export function renderConfiguration(groups: readonly SettingGroup[]): string {
  const sections = groups.map(
    ({ title, settings }) => `## ${title}\n\n${table(['variable', 'default', 'what'], settings.map(row))}`,
  );
  return `# Configuration\n\n${WRITTEN}\n\nSettings are environment variables. A wrong or missing one stops the start with one sentence that names it; \`npm run sealgraph -- doctor\` looks at all of them without starting anything.\n\n${sections.join('\n\n')}\n`;
}

function row({ variable, description, defaultText, required }: SettingDescription): string[] {
  return [
    `\`${variable}\``,
    defaultText ? `\`${defaultText}\`` : required ? 'required' : '',
    required ? `${description} Required where the provider is live.` : description,
  ];
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
