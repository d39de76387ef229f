import { normal } from './records.js';

/** What follows an alias's name in its canonical address. */
const ALIAS_DOMAIN = '@alias.local';

/** An e-mail address or a phone number, as a person is known by (dossier section 2.2). Aliases are nobody's mailbox. */
export function isPersonAddress(user: string): boolean {
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(user) && !normal(user).endsWith('.local');
  const isPhone = /^\+?[\d\s().-]+$/.test(user) && user.replace(/\D/g, '').length >= 7;
  return isEmail || isPhone;
}

/** The canonical address of an alias, also when its name looks like a mail address. */
export function aliasAddress(name: string): string {
  return `${name.trim()}${ALIAS_DOMAIN}`;
}

const TRIGGERS = ['link', 'blocked', 'expired', 'slowmail'] as const;
export type UserTrigger = (typeof TRIGGERS)[number];

/** The scripted behaviour that a name asks for by the end of its local part, such as `ana+link@example.com`. */
export function triggerOf(user: string): UserTrigger | undefined {
  const [local = ''] = normal(user).split('@');
  return TRIGGERS.find((trigger) => local.endsWith(`+${trigger}`));
}
