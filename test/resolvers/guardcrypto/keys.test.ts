import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey, readKey } from 'openpgp';
import { brokenKeys } from '../../support/broken-keys.js';
import { KEY_PASSWORD, listOf, openGuard } from './open.js';
import type { Answer, GuardUnderTest } from './open.js';

const RINGS = /* GraphQL */ `
  {
    guardKeyRings {
      id
      keyId
      keyIdHex
      isCurrent
      passwordChangedAt
      publicRing {
        armored
        base64
        keys {
          id
          keyId
          fingerprint
          userIds
          isMaster
          canEncrypt
          isExpired
          isRevoked
          hasPrivateKey
          createdAt
          expiresAt
        }
        disagreements {
          keyId
          field
          server
          key
        }
        facts {
          keyId
          fingerprint
          isSelfSigned
        }
      }
      privateRing {
        keys {
          id
        }
      }
    }
  }
`;

async function rings({ ask }: GuardUnderTest): Promise<Answer[]> {
  return (await ask(RINGS))['guardKeyRings'] as Answer[];
}

async function currentRing(guard: GuardUnderTest): Promise<Answer> {
  const found = (await rings(guard)).find(({ isCurrent }) => isCurrent === true);
  assert.ok(found);
  return found;
}

async function ecKey(email: string, passphrase?: string) {
  return generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Upload', email }],
    date: new Date('2026-01-01'),
    ...(passphrase === undefined ? {} : { passphrase }),
    format: 'armored',
  });
}

test('key ids keep every digit, negative ones and those beyond 2^53, whichever way the server writes them', async (t) => {
  const guard = await openGuard(t);
  for (const keyIds of ['number', 'text'] as const) {
    guard.simulator.control.setWireForm({ keyIds });
    for (const user of ['berta', 'dora']) {
      await guard.signIn(user);
      const { keyId: id, keyIdHex, publicRing } = await currentRing(guard);
      const key = await readKey({ armoredKey: publicRing.armored });
      assert.equal(keyIdHex, key.getKeyID().toHex());
      assert.equal(id, BigInt.asIntN(64, BigInt(`0x${key.getKeyID().toHex()}`)).toString());
      assert.equal(publicRing.keys[0].fingerprint, key.getFingerprint());
      assert.ok(user === 'dora' ? id.startsWith('-') : BigInt(id) > 2n ** 53n);
    }
  }
});

test('what the server says of a key agrees with what the key says, and where it does not it is told', async (t) => {
  const guard = await openGuard(t);
  await guard.signIn('anton');
  for (const { publicRing } of await rings(guard)) {
    assert.deepEqual(publicRing.disagreements, []);
    assert.equal(publicRing.facts.fingerprint, publicRing.keys[0].fingerprint);
    assert.equal(publicRing.facts.isSelfSigned, true);
  }
  const { publicRing, keyId: id } = await currentRing(guard);
  const [master] = publicRing.keys;
  const wire = {
    data: {
      keyRings: [
        {
          userId: 7,
          contextId: 1,
          current: true,
          publicRing: {
            ring: publicRing.armored,
            keys: [
              {
                id,
                expired: false,
                revoked: true,
                fingerPrint: master.fingerprint,
                userIds: ['Mallory <mallory@example.com>'],
                encryptionKey: false,
                masterKey: true,
                validSeconds: 0,
                creationTime: Date.parse(master.createdAt),
              },
            ],
          },
        },
      ],
    },
  };
  guard.simulator.control.injectFault({ operation: 'getKeys', status: 200, body: JSON.stringify(wire) });
  const told = (await currentRing(guard))['publicRing'].disagreements as Answer[];
  const [subkey] = listOf(publicRing.keys).filter(({ isMaster }) => isMaster === false);
  assert.deepEqual(
    told.map(({ keyId, field }) => [keyId === id ? 'master' : keyId, field]),
    [
      ['master', 'revoked'],
      ['master', 'validSeconds'],
      ['master', 'userIds'],
      [subkey?.['keyId'], 'id'],
    ],
  );
});

test('a key is made, found by either spelling of its id, downloaded, given a user id, revoked and deleted', async (t) => {
  const guard = await openGuard(t);
  const { ask, done, signIn, simulator } = guard;
  await signIn('carl');
  assert.deepEqual(await rings(guard), []);
  const made = await done(
    'createGuardKey',
    { name: 'Carl', password: 'new-pw', resetEmail: 'carl@private.example' },
    'keyRing { id keyIdHex isCurrent publicRing { base64 armored keys { userIds } } privateRing { armored keys { id } } }',
  );
  const { id, keyIdHex, publicRing, privateRing } = made['keyRing'];
  assert.equal(made['keyRing'].isCurrent, true);
  assert.deepEqual(publicRing.keys[0].userIds, ['Carl <carl@example.com>']);
  assert.match(privateRing.armored, /BEGIN PGP PRIVATE KEY/);
  const binary = await readKey({ binaryKey: Buffer.from(publicRing.base64, 'base64') });
  assert.equal(binary.getKeyID().toHex(), keyIdHex);
  assert.deepEqual(simulator.control.requests().at(-1), {
    operation: 'createKey',
    query: ['action', 'session'],
    body: ['name', 'email', 'e_password'],
  });

  const READ =
    'query ($id: ID) { guardKeyRing(keyId: $id) { id privateRing { keys { id } } } guardPublicKeyFile(keyId: $id) }';
  for (const keyId of [id, `0x${keyIdHex}`, null]) {
    const { guardKeyRing, guardPublicKeyFile } = await ask(READ, { id: keyId });
    assert.deepEqual(guardKeyRing, { id, privateRing: { keys: privateRing.keys } });
    assert.equal((await readKey({ armoredKey: guardPublicKeyFile })).getKeyID().toHex(), keyIdHex);
  }
  const input = { keyId: id, password: 'new-pw' };
  const named = await done(
    'addGuardUserId',
    { ...input, name: 'Charles', email: 'charles@example.com' },
    'keyRing { publicRing { keys { userIds } } }',
  );
  assert.deepEqual(named['keyRing'].publicRing.keys[0].userIds, [
    'Carl <carl@example.com>',
    'Charles <charles@example.com>',
  ]);
  const revoked = await done(
    'revokeGuardKey',
    { ...input, reason: 'KEY_RETIRED' },
    'keyRing { publicRing { keys { isRevoked canEncrypt } facts { isRevoked } } }',
  );
  assert.equal(revoked['keyRing'].publicRing.keys[0].isRevoked, true);
  assert.equal(revoked['keyRing'].publicRing.facts.isRevoked, true);
  assert.ok(listOf(revoked['keyRing'].publicRing.keys).every(({ canEncrypt }) => canEncrypt === false));
  const again = await guard.command('revokeGuardKey', { ...input, reason: 'KEY_RETIRED' }, 'keyRing { id }');
  assert.deepEqual([again['keyRing'], again['problem'].code], [null, 'ALREADY_COMPLETED']);
  const wrong = await guard.command('deleteGuardKey', { keyId: id, password: 'wrong' }, 'isDone');
  assert.deepEqual([wrong['isDone'], wrong['problem'].code], [null, 'WRONG_SECRET']);
  await done('deleteGuardKey', input, 'isDone');
  assert.deepEqual(await rings(guard), []);
  assert.deepEqual((await ask(READ, { id }))['guardKeyRing'], null);
});

test('private rings are read under a scope of their own, and their armor is seen nowhere without it', async (t) => {
  const { command, done, run, signIn } = await openGuard(t);
  await signIn('anton');
  const opened = await done(
    'openGuardPrivateKeyRing',
    { password: KEY_PASSWORD, parts: 'PUBLIC_AND_PRIVATE' },
    'keyRing { privateRing { armored keys { isMaster } } publicRing { armored } }',
  );
  assert.match(opened['keyRing'].privateRing.armored, /^-----BEGIN PGP PRIVATE KEY BLOCK-----/);
  const file = await done(
    'downloadGuardPrivateKey',
    { password: KEY_PASSWORD, parts: 'PUBLIC_AND_PRIVATE' },
    'armored',
  );
  assert.match(file['armored'], /BEGIN PGP PUBLIC[^]*BEGIN PGP PRIVATE/);
  const wrong = await command('downloadGuardPrivateKey', { password: 'wrong' }, 'armored');
  assert.equal(wrong['problem'].code, 'WRONG_SECRET');

  const caller = {
    scopes: ['guardcrypto:read', 'guardcrypto:write', 'guardcrypto:token', 'guardcrypto:admin'],
  };
  const documents = [
    `mutation { openGuardPrivateKeyRing(input: { password: "${KEY_PASSWORD}" }) { keyRing { id } } }`,
    `mutation { downloadGuardPrivateKey(input: { password: "${KEY_PASSWORD}" }) { armored } }`,
    `mutation { createGuardKey(input: { name: "A", password: "pw-pw-pw" }) { keyRing { privateRing { armored } } } }`,
  ];
  for (const document of documents) {
    const { errors, data } = await run(document, {}, caller);
    assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
    assert.doesNotMatch(JSON.stringify(data), /PRIVATE KEY BLOCK/);
  }
});

test('keys are uploaded as armor and as Base64, private ones with their passwords', async (t) => {
  const guard = await openGuard(t);
  const { command, done, signIn } = guard;
  await signIn('carl');
  const { privateKey, publicKey } = await ecKey('carl@example.com', 'old-pw');
  const wrong = { armored: privateKey, keyPassword: 'not it', newPassword: 'new-pw' };
  assert.equal((await command('uploadGuardKeys', wrong))['problem'].code, 'WRONG_SECRET');
  assert.deepEqual((await command('uploadGuardKeys', { armored: privateKey }))['problem'].path, [
    'input',
    'newPassword',
  ]);
  assert.equal((await command('uploadGuardKeys', { armored: 'no key' }))['problem'].code, 'INVALID_INPUT');
  const { keyRings } = await done(
    'uploadGuardKeys',
    { armored: privateKey, keyPassword: 'old-pw', newPassword: 'new-pw' },
    'keyRings { id privateRing { keys { id } } }',
  );
  assert.equal(keyRings.length, 1);
  await done('openGuardPrivateKeyRing', { keyId: keyRings[0].id, password: 'new-pw' });

  const other = (await readKey({ armoredKey: (await ecKey('carl@example.com')).publicKey })).write();
  const public_ = await done(
    'uploadGuardKeys',
    { base64: Buffer.from(other).toString('base64') },
    'keyRings { id privateRing { keys { id } } }',
  );
  assert.equal(public_['keyRings'][0].privateRing, null);
  const asText = { base64: Buffer.from(publicKey).toString('base64') };
  await done('uploadGuardKeys', asText, 'keyRings { id }');
});

test('what is wrong with an uploaded key is said, and with which, before anything is sent', async (t) => {
  const { command, signIn, simulator } = await openGuard(t);
  await signIn('carl');
  simulator.control.resetCalls();
  for (const { name, armored, binary, rule } of await brokenKeys('carl@example.com', new Date('2026-01-01')))
    for (const field of ['uploadGuardKeys', 'uploadGuardExternalKeys']) {
      const refused = async (input: Record<string, string>) => {
        const { problem } = await command(field, input);
        assert.deepEqual(
          [problem.code, problem.path],
          ['INVALID_INPUT', ['input', ...Object.keys(input)]],
          name,
        );
        assert.match(problem.message, rule, name);
      };
      await refused({ armored });
      await refused({ base64: Buffer.from(armored).toString('base64') });
      if (binary !== undefined) await refused({ base64: Buffer.from(binary).toString('base64') });
    }
  assert.deepEqual(simulator.control.calls(), {});
});

test('the signatures on a key are told, with who made them and whether they are good', async (t) => {
  const guard = await openGuard(t);
  await guard.signIn('berta');
  const { id, publicRing } = await currentRing(guard);
  const { guardKeySignatures } = await guard.ask(
    'query ($id: ID!) { guardKeySignatures(keyId: $id, includeSubkeys: true) { signatureType userId issuer issuerFingerprint isVerified isKeyMissing fingerprint createdAt } }',
    { id },
  );
  const byAnton = (guardKeySignatures as Answer[]).filter(({ issuer }) => /anton/.test(issuer ?? ''));
  assert.equal(byAnton.length, 1);
  assert.deepEqual(
    [byAnton[0]?.['isVerified'], byAnton[0]?.['fingerprint']],
    [true, publicRing.keys[0].fingerprint],
  );
  assert.ok((guardKeySignatures as Answer[]).some(({ signatureType }) => signatureType === 24));
});

test('one call reads all rings, whatever is asked of them, and all that the gateway looks for by id', async (t) => {
  const guard = await openGuard(t);
  const { ask, signIn, simulator } = guard;
  await signIn('anton');
  simulator.control.resetCalls();
  const found = await rings(guard);
  assert.equal(found.length, 2);
  assert.deepEqual(simulator.control.calls(), { getKeys: 1 });

  simulator.control.resetCalls();
  const ids = [...found.map(({ id }) => id as string), '1'];
  const variables = { keys: ids.map((id) => ({ __typename: 'GuardKeyRing', id })) };
  const ENTITIES =
    'query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on GuardKeyRing { id isCurrent } } }';
  const { _entities } = await ask(ENTITIES, variables);
  assert.deepEqual(
    (_entities as (Answer | null)[]).map((entity) => entity?.['id'] ?? null),
    [ids[0], ids[1], null],
  );
  assert.deepEqual(simulator.control.calls(), { getKeys: 1 });
  const others = await ask(ENTITIES, variables, { subject: 'eve' });
  assert.deepEqual(others['_entities'], [null, null, null]);
});

test('what carries no password, or the right one, never keeps anybody from revoking a key', async (t) => {
  const { command, done, signIn } = await openGuard(t);
  await signIn('carl');
  const { privateKey, publicKey } = await ecKey('carl@example.com', 'old-pw');
  const passwords = { keyPassword: 'old-pw', newPassword: 'new-pw' };
  for (let tries = 0; tries < 21; tries++) {
    await done('uploadGuardKeys', { armored: publicKey });
    await done('uploadGuardKeys', { armored: publicKey, ...passwords });
  }
  const { keyRings } = await done(
    'uploadGuardKeys',
    { armored: privateKey, ...passwords },
    'keyRings { id }',
  );
  const revocation = { keyId: keyRings[0].id, password: 'new-pw', reason: 'KEY_COMPROMISED' };
  await done('revokeGuardKey', revocation);
  for (let tries = 0; tries < 21; tries++)
    assert.equal((await command('revokeGuardKey', revocation))['problem'].code, 'ALREADY_COMPLETED');
  await done('deleteGuardKey', { keyId: keyRings[0].id, password: 'new-pw' });
});
