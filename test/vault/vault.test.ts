import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { createVault, VaultError } from '../../src/vault/vault.js';

const CONTEXT = { collection: 'messaging2fa.message', owner: 'acme/anna', id: 'm1' };
const PLAIN = 'Approve 120 EUR to ACME? žluťoučký';

const keyOf = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const vaultOf = (...keys: string[]) => createVault(parseKeyRing(keys.join(','), 'VAULT_KEYS'));

test('what was sealed opens in its place, and shows nothing of itself meanwhile', () => {
  const vault = vaultOf(keyOf('k1'));
  const sealed = vault.seal(PLAIN, CONTEXT);
  assert.equal(vault.open(sealed, CONTEXT), PLAIN);
  assert.equal(vault.open(vault.seal('', CONTEXT), CONTEXT), '');
  assert.doesNotMatch(sealed, /Approve/);
  assert.doesNotMatch(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1'), /Approve/);
});

test('the same text sealed twice looks different', () => {
  const vault = vaultOf(keyOf('k1'));
  assert.notEqual(vault.seal(PLAIN, CONTEXT), vault.seal(PLAIN, CONTEXT));
});

test('what was moved to another place does not open there', () => {
  const vault = vaultOf(keyOf('k1'));
  const sealed = vault.seal(PLAIN, CONTEXT);
  for (const moved of [{ collection: 'safebox.session' }, { owner: 'acme/bela' }, { id: 'm2' }]) {
    assert.throws(() => vault.open(sealed, { ...CONTEXT, ...moved }), VaultError);
  }
  const owner = { collection: 'a', owner: 'b","c', id: 'd' };
  assert.throws(
    () => vault.open(vault.seal(PLAIN, owner), { collection: 'a', owner: 'b', id: 'c","d' }),
    VaultError,
  );
});

test('a single changed byte anywhere keeps it shut', () => {
  const vault = vaultOf(keyOf('k1'), keyOf('k2'));
  const sealed = vault.seal(PLAIN, CONTEXT);
  const [version, kid, ...parts] = sealed.split('.');
  parts.forEach((part, index) => {
    const bytes = Buffer.from(part, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      const forged = [version, kid, ...parts.with(index, changed.toString('base64url'))].join('.');
      assert.throws(() => vault.open(forged, CONTEXT), VaultError, `part ${index}, byte ${i}`);
    }
  });
  for (const forged of [
    '',
    'v1',
    'v1.k1..',
    sealed.replace('v1', 'v2'),
    sealed.replace('k1', 'k2'),
    sealed.slice(0, -4),
  ]) {
    assert.throws(() => vault.open(forged, CONTEXT), VaultError, forged);
  }
});

test('another key does not open it, and a ring without its key does not', () => {
  const [one, other] = [vaultOf(keyOf('k1')), vaultOf(keyOf('k1'))];
  const sealed = one.seal(PLAIN, CONTEXT);
  assert.throws(() => other.open(sealed, CONTEXT), VaultError);
  assert.throws(() => vaultOf(keyOf('k2')).open(sealed, CONTEXT), VaultError);
});

test('after a new key came first, old things open, want sealing again, and are then of the new key', () => {
  const [old, fresh] = [keyOf('k1'), keyOf('k2')];
  const sealed = vaultOf(old).seal(PLAIN, CONTEXT);
  const vault = vaultOf(fresh, old);
  assert.equal(vault.open(sealed, CONTEXT), PLAIN);
  assert.equal(vault.needsRewrap(sealed), true);
  const again = vault.seal(vault.open(sealed, CONTEXT), CONTEXT);
  assert.equal(vault.needsRewrap(again), false);
  assert.equal(vaultOf(fresh).open(again, CONTEXT), PLAIN);
});

test('a fingerprint recognises its text, also after a new key came first, and gives nothing away', () => {
  const [old, fresh] = [keyOf('k1'), keyOf('k2')];
  const fingerprint = vaultOf(old).fingerprint('1234');
  assert.equal(vaultOf(old).fingerprint('1234'), fingerprint);
  assert.equal(vaultOf(fresh, old).matchesFingerprint('1234', fingerprint), true);
  assert.equal(vaultOf(fresh, old).matchesFingerprint('1235', fingerprint), false);
  assert.equal(vaultOf(fresh).matchesFingerprint('1234', fingerprint), false);
  assert.equal(vaultOf(keyOf('k1')).matchesFingerprint('1234', fingerprint), false);
  assert.equal(vaultOf(old).matchesFingerprint('1234', 'k1.'), false);
});
