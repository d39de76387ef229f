import { guardcryptoScene } from './guardcrypto.js';
import { messaging2faScene } from './messaging2fa.js';
import { safeboxScene } from './safebox.js';
import type { Scene } from './scene.js';
import { vipidentityScene } from './vipidentity.js';
import { xqkeysScene } from './xqkeys.js';

/** How each provider is set up, over a folder for its simulator. */
export const SCENES = {
  messaging2fa: messaging2faScene,
  vipidentity: vipidentityScene,
  safebox: safeboxScene,
  xqkeys: xqkeysScene,
  guardcrypto: guardcryptoScene,
} satisfies Readonly<Record<string, (dir: string) => Promise<Scene>>>;

export type SceneName = keyof typeof SCENES;
