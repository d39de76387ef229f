import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSafebox, SEEDED } from './open.js';

const DOWNLOAD = (userEmail: string) =>
  `{ safeBox(id: "${SEEDED.open}") { messages { documents { download(userEmail: "${userEmail}") { url } } } } }`;
const READS: readonly (readonly [what: string, document: string, reason: string])[] = [
  ['blanks for whom the profiles are', '{ safeBoxSecurityProfiles(userEmail: " ") { id } }', 'BLANK'],
  ['no address for whom the profiles are', '{ safeBoxSecurityProfiles(userEmail: "q") { id } }', 'MALFORMED'],
  ['blanks for whom the profile is', '{ safeBoxDefaultSecurityProfile(userEmail: " ") { id } }', 'BLANK'],
  ['nothing for whom the profile is', '{ safeBoxDefaultSecurityProfile(userEmail: "") { id } }', 'BLANK'],
  ['no address for whom the file is', DOWNLOAD('q'), 'MALFORMED'],
  ['blanks for whom the file is', DOWNLOAD(' '), 'BLANK'],
  ['an upload of blanks', '{ safeBoxUpload(id: " ") { id } }', 'BLANK'],
  ['an upload without a name', '{ safeBoxUpload(id: "") { id } }', 'BLANK'],
  ['a SafeBox of blanks', '{ safeBox(id: " ") { id } }', 'BLANK'],
  ['a consent text of blanks', '{ safeBoxConsentGroup(id: " ") { id } }', 'BLANK'],
  ['settings of a user of blanks', '{ safeBoxUserSettings(userId: " ") { __typename } }', 'BLANK'],
  ['settings of a user without a name', '{ safeBoxUserSettings(userId: "") { __typename } }', 'BLANK'],
  ['favorites of a user without a name', '{ safeBoxFavorites(userId: "") { id } }', 'BLANK'],
];

for (const [what, document, reason] of READS) {
  test(`${what} is refused before the provider is asked for it`, async (t) => {
    const { ask, run, signIn, simulator } = await openSafebox(t);
    await signIn();
    // Hosts are asked for once, by whoever comes first.
    await ask('{ safeBoxes(first: 1) { totalCount } }');
    simulator.control.resetCalls();
    const { errors } = await run(document);
    assert.deepEqual(
      [errors?.[0]?.extensions['code'], errors?.[0]?.extensions['reason']],
      ['INVALID_INPUT', reason],
    );
    assert.deepEqual(
      Object.keys(simulator.control.calls()).filter((call) => call !== 'getSafeboxInfo'),
      [],
    );
  });
}
