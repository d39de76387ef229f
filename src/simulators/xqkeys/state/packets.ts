import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../kit/body.js';
import { ASSUMED } from '../assumptions.js';
import { badPacket } from '../wire/refusal.js';
import type { KeyOrder } from './keys.js';
import type { World } from './world.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

const contentSchema = z.object({
  id: z.string(),
  issuedAt: z.number(),
  order: z.object({
    key: z.string(),
    owner: z.string(),
    teamId: z
      .int()
      .optional()
      .transform((teamId) => teamId),
    recipients: z.array(z.string()),
    lifetimeMs: z.number(),
    type: z.int(),
    meta: z.record(z.string(), z.unknown()),
    labels: z.array(z.string()),
    deleteOnRead: z.boolean(),
  }),
});

/** Seals a key with its policy into text that only the key store can open; nothing is stored yet. */
export function sealPacket(world: World, order: KeyOrder): string {
  const content = { id: world.secretText(), issuedAt: world.now(), order };
  const iv = world.random.bytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(world), iv);
  const sealed = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final()];
  return Buffer.concat([iv, ...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** What was sealed: once, and within its time. @throws Refusal */
export function openPacket(world: World, packet: string): KeyOrder {
  const { id, issuedAt, order } = contentOf(world, packet);
  const until = issuedAt + ASSUMED.lifetimes.packetMs;
  const used = world.records.usedPackets.filter((other) => other.until > world.now());
  if (until <= world.now() || used.some((other) => other.id === id)) throw badPacket();
  world.records.usedPackets = [...used, { id, until }];
  world.changed();
  return { ...order, teamId: order.teamId };
}

function contentOf(world: World, packet: string): z.output<typeof contentSchema> {
  const bytes = Buffer.from(packet, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) throw badPacket();
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(world), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return contentSchema.parse(parseJson(text.toString('utf8')));
  } catch {
    throw badPacket();
  }
}

function sealingKey(world: World): Buffer {
  const secret = Buffer.from(world.records.secret, 'base64');
  return Buffer.from(hkdfSync('sha256', secret, '', 'packets', 32));
}
