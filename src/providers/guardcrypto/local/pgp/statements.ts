import { enums, SignaturePacket, type Key, type Subkey } from 'openpgp';
import { ACCEPTED } from './algorithms.js';

/** What a key itself has said last of one of its components. */
interface Statements {
  /** For itself, or for a subkey. */
  readonly own: SignaturePacket | undefined;
  /** For each of its user ids that was not taken back. */
  readonly ofNames: readonly SignaturePacket[];
}

/**
 * Whether the last word on what a component is for is that it signs. OpenPGP.js goes by the primary user id alone, and
 * GnuPG by the newest of all; whoever took that away somewhere has taken it away.
 */
export async function maySign(component: Key | Subkey): Promise<boolean> {
  const said = lastOf(await statementsOf(component), ({ keyFlags }) => keyFlags !== null);
  return said.every(({ keyFlags }) => ((keyFlags?.[0] ?? 0) & enums.keyFlags.signData) !== 0);
}

/** When a component ends, by what is said of it anywhere: milliseconds since the epoch, `Infinity`: never, or not known. */
export async function endOf(component: Key | Subkey): Promise<number> {
  const made = component.getCreationTime().getTime();
  const said = lastOf(await statementsOf(component), (one) => Number.isFinite(endIn(one, made)));
  const ends = said.map((one) => endIn(one, made));
  const toOpenPgpJs = isSubkey(component) ? null : await component.getExpirationTime(undefined, ACCEPTED);
  return Math.min(...ends, toOpenPgpJs instanceof Date ? toOpenPgpJs.getTime() : Infinity);
}

/** Of what is said so, the newest for itself, and of its user ids. */
function lastOf(
  { own, ofNames }: Statements,
  isSaid: (statement: SignaturePacket) => boolean,
): SignaturePacket[] {
  const named = ofNames.filter(isSaid).sort((a, b) => Number(a.created) - Number(b.created));
  return [own && isSaid(own) ? own : undefined, named.at(-1)].filter((one) => one !== undefined);
}

/** When what a signature says of a component made at a time ends, or the signature does. */
function endIn(signature: SignaturePacket, made: number): number {
  const { keyNeverExpires, keyExpirationTime } = signature;
  const ends = signature.getExpirationTime();
  return Math.min(
    keyNeverExpires === false ? made + (keyExpirationTime ?? 0) * 1_000 : Infinity,
    signature.signatureType === enums.signature.subkeyBinding && ends instanceof Date
      ? ends.getTime()
      : Infinity,
  );
}

async function statementsOf(component: Key | Subkey): Promise<Statements> {
  if (isSubkey(component)) {
    const { bindingSignatures, mainKey, keyPacket } = component;
    const data = { key: mainKey.keyPacket, bind: keyPacket };
    const own = await newestFitting(bindingSignatures, mainKey, enums.signature.subkeyBinding, data);
    return { own, ofNames: [] };
  }
  const { key: OF_KEY, certGeneric, certRevocation } = enums.signature;
  const data = { key: component.keyPacket };
  const direct = component
    .toPacketList()
    .filter((packet) => packet instanceof SignaturePacket)
    .filter(({ signatureType }) => signatureType === OF_KEY);
  const ofNames: SignaturePacket[] = [];
  for (const { userID, selfCertifications, revocationSignatures } of component.users) {
    const named = { ...data, userID };
    if (await newestFitting(revocationSignatures, component, certRevocation, named)) continue;
    const newest = await newestFitting(selfCertifications, component, certGeneric, named);
    if (userID !== null && newest !== undefined) ofNames.push(newest);
  }
  return { own: await newestFitting(direct, component, OF_KEY, data), ofNames };
}

/** The last of signatures that fits, whether it has ended or not. @param signatures newest last */
async function newestFitting(
  signatures: readonly SignaturePacket[],
  { keyPacket }: Key,
  type: number,
  data: object,
): Promise<SignaturePacket | undefined> {
  for (const signature of signatures.toReversed()) {
    const made = signature.created ?? undefined;
    const isFitting = await signature.verify(keyPacket, type, data, made, false, ACCEPTED).then(
      () => true,
      () => false,
    );
    if (isFitting) return signature;
  }
  return undefined;
}

export function isSubkey(component: Key | Subkey): component is Subkey {
  return 'bindingSignatures' in component;
}
