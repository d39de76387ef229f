import { z } from 'zod';
import type { HttpAnswer } from '../../kit/answer.js';
import { parseJson } from '../../kit/body.js';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { canonicalText, mediaTypeOf, parseEntity, type Entity } from '../mail/entity.js';
import { protectPgp } from '../mail/protect-pgp.js';
import { NOT_SIGNED, verifyPgp, type SignatureResult } from '../mail/verify-pgp.js';
import { verifySmime } from '../mail/verify-smime.js';
import { canEncrypt } from '../pgp/key-facts.js';
import { readStoredKey } from '../pgp/read-keys.js';
import { currentRing } from '../state/key-rings.js';
import { knownKeys } from '../state/known-keys.js';
import { trustedCertificates } from '../state/recipient-certificates.js';
import { sendPgp, sendSmime } from '../state/send-mail.js';
import type { Account } from '../state/state.js';
import { CRYPTO_TYPES } from '../state/tokens.js';
import type { Call } from './call.js';

const orderSchema = z.object({
  recipients: z.array(z.string()),
  security: z.object({
    type: z.enum(CRYPTO_TYPES).default('PGP'),
    encrypt: z.boolean().default(false),
    sign: z.boolean().default(false),
    pgpInline: z.boolean().default(false),
  }),
});

/** S39: PGP alone. */
export async function verifyPgpMail(call: Call): Promise<HttpAnswer> {
  const { world } = call;
  const { account, mail } = mailOf(call);
  return verified(call, await verifyPgp(mail, await knownKeys(world, account), world.now()));
}

/** S41: whatever the mail is signed with. */
export async function verifyMail(call: Call): Promise<HttpAnswer> {
  const { world } = call;
  const { account, mail } = mailOf(call);
  const result =
    (await verifyPgp(mail, await knownKeys(world, account), world.now())) ??
    (await verifySmime(mail, trustedCertificates(world, account), world.now()));
  return verified(call, result);
}

/** S40: to the user's own current key. A mail that is encrypted already stays as it is. */
export async function encryptPgpMail(call: Call): Promise<HttpAnswer> {
  const { world, params } = call;
  const { account, mail } = mailOf(call);
  if (mediaTypeOf(mail).type === 'multipart/encrypted') return mailAnswer(params.file('file'));
  const ring = currentRing(world, account);
  const key = ring === undefined ? undefined : await readStoredKey(ring.armored);
  if (key === undefined || !(await canEncrypt(key, world.now()))) throw new GuardError('keyNotFound');
  const now = world.now();
  return mailAnswer(await protectPgp(mail, { recipients: [key], signer: undefined, inline: false, now }));
}

/** S42. */
export async function encryptMail(call: Call): Promise<HttpAnswer> {
  const { world, params } = call;
  const { account, mail } = mailOf(call);
  params.flag('isGuest');
  params.text('email');
  const order = orderSchema.safeParse(parseJson(params.text('json')));
  if (!order.success) throw new GuardError('missingParameter', ['json']);
  const { recipients, security } = order.data;
  const send = security.type === 'SMIME' ? sendSmime : sendPgp;
  const sent = await send(world, account, mail, {
    recipients: security.encrypt ? recipients : [],
    auth: security.sign ? params.text('guardAuth') : undefined,
    inline: security.pgpInline,
  });
  return mailAnswer(sent);
}

function mailOf({ world, params }: Call): { account: Account; mail: Entity } {
  const id = params.integer('user');
  const contextId = params.integer('context');
  const account = world.account(id);
  if (account?.contextId !== contextId) throw new GuardError('missingParameter', ['user']);
  return { account, mail: parseEntity(canonicalText(params.file('file'))) };
}

function verified(call: Call, result: SignatureResult = NOT_SIGNED): HttpAnswer {
  const { params, envelope } = call;
  if (params.flag('simple')) return envelope.data(result.verified);
  const header = `${ASSUMED.resultHeader}: verified=${result.verified}; missing=${result.missing}\r\n`;
  return mailAnswer(Buffer.concat([Buffer.from(header), params.file('file')]));
}

function mailAnswer(mail: Buffer): HttpAnswer {
  return { status: 200, headers: { 'content-type': 'message/rfc822' }, body: mail };
}
