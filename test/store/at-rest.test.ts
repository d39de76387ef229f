import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runExample } from '../../scripts/coverage/run-example.js';
import { createWorlds, type World, type Worlds } from '../../scripts/coverage/world.js';
import { readExamples } from '../../src/gateway/read-examples.js';

const examples = new Map(readExamples().map((example) => [example.name, example]));

let worlds: Worlds;
before(async () => {
  worlds = await createWorlds();
});
after(() => worlds.close());

/** What is done, by example, and what of it nobody may read in the file. */
const rows: Readonly<
  Record<string, { readonly done: readonly string[]; readonly personal: readonly string[] }>
> = {
  messaging2fa: {
    done: ['send', 'cancel', 'watch'],
    personal: ['approve@example.test', 'deny@example.test', 'Payment 4711'],
  },
  safebox: {
    done: ['submit', 'reply', 'create-participant', 'create-favorite', 'watch-safe-box', 'watch-inbox'],
    personal: ['@partner.example', '+15145550009', 'Please read.', 'Partner Ltd'],
  },
  vipidentity: {
    done: ['create-user', 'push-user', 'watch-push', 'watch-user', 'send-otp', 'update-user', 'register-sms'],
    personal: ['@example.com', '16505551212'],
  },
  xqkeys: {
    done: [
      'create-listed-key',
      'grant',
      'watch-key',
      'watch-authorization',
      'request-access',
      'sign-in-alias',
    ],
    personal: ['@example.com', 'sensor-17'],
  },
  guardcrypto: {
    done: ['encrypt-mail', 'sign-in-guest', 'watch-session', 'watch-keys', 'create-recipient-key'],
    personal: ['@example.com', 'Anton Berg', 'Hello Berta'],
  },
};

for (const [provider, { done, personal }] of Object.entries(rows)) {
  test(`what ${provider} tells of people cannot be read in the embedded file`, async () => {
    const world = await worlds.open([provider]);
    try {
      for (const name of done) await runExample(`${provider}/${name}`, examples, world);
      const file = bytesOf(world);
      assert.ok(file.includes(`${provider}.`), 'something was kept');
      const read = personal.filter((text) => file.includes(text)).map((text) => around(file, text));
      assert.deepEqual(read, []);
    } finally {
      await world.close();
    }
  });
}

/** The file as it lies, and what has not yet been written into it. */
function bytesOf({ dataDir }: World): Buffer {
  return Buffer.concat(['sealgraph.db', 'sealgraph.db-wal'].map((name) => readFileSync(join(dataDir, name))));
}

function around(file: Buffer, text: string): string {
  const at = file.indexOf(text);
  return file.toString('latin1', Math.max(0, at - 80), at + 120).replace(/[^\x20-\x7e]/g, '.');
}
