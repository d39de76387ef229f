import type { Mail } from './records.js';
import type { World } from './world.js';

const KEPT_MAILS = 500;

export function sendMail(world: World, mail: Mail): void {
  world.records.mails = [...world.records.mails, mail].slice(-KEPT_MAILS);
  world.changed();
}

/** What has arrived, newest first. */
export function arrivedMails(world: World): Mail[] {
  return world.records.mails.filter(({ arrivesAt }) => arrivesAt <= world.now()).reverse();
}
