import type { SettingDescription, SettingGroup } from '../../src/config/describe-settings.js';

const HEADER = `Every setting, with its default. Written by \`npm run fix:docs\` from what the code declares.
Copy what you change into a file of your own and start with \`node --env-file=.env dist/bundle/main.js start\`.`;

/** The text of .env.example: every line of it a comment, so that a copy changes nothing until it is edited. */
export function renderEnvExample(groups: readonly SettingGroup[]): string {
  const sections = groups.map(
    ({ title, settings }) => `${comment(title)}\n\n${settings.map(render).join('\n')}`,
  );
  return `${comment(HEADER)}\n\n\n${sections.join('\n\n')}`;
}

function render({ variable, description, defaultText, required }: SettingDescription): string {
  const meaning = required ? `${description} Required where the provider is live.` : description;
  return `${comment(meaning)}\n#${variable}=${defaultText ?? ''}\n`;
}

function comment(text: string): string {
  return text.replace(/^/gm, '# ');
}
