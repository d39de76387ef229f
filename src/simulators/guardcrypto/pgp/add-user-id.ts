import {
  enums,
  PacketList,
  readPrivateKey,
  reformatKey,
  UserIDPacket,
  type AnyPacket,
  type PrivateKey,
} from 'openpgp';
import { GuardError } from '../guard-error.js';

/**
 * Certifies one more user id with the master key, leaving every signature there is as it was; one that is there already
 * stays as it is. OpenPGP.js has no call
 * for that, only one that signs everything anew; what that makes of the new user id is put into the old ring.
 * @param key open.
 */
export async function addUserId(
  key: PrivateKey,
  name: string,
  email: string,
  now: Date,
): Promise<PrivateKey> {
  if (key.getUserIDs().includes(UserIDPacket.fromObject({ name, email }).userID)) return key;
  const { selfCertification } = await key.getPrimaryUser(now);
  const reformatted = await reformatKey({
    privateKey: key,
    // The first is marked primary, which the new one must not be.
    userIDs: [{ name: 'primary' }, { name, email }],
    keyExpirationTime: selfCertification.keyExpirationTime ?? 0,
    date: now,
    format: 'object',
  });
  const added = reformatted.privateKey.users[1];
  if (added === undefined) throw new GuardError('internal');
  const packets = key.toPacketList();
  const [firstSubkey = packets.length] = packets.indexOfTag(enums.packet.secretSubkey);
  const all = new PacketList<AnyPacket>();
  all.push(...packets.slice(0, firstSubkey), ...added.toPacketList(), ...packets.slice(firstSubkey));
  return readPrivateKey({ binaryKey: all.write() });
}
