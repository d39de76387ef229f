import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { Answer } from './open.js';

const PEOPLE =
  'participants { id participantId role guestOptions { contactMethods { id contactMethodId } } }';
const DOWNLOADS = 'id participantId documents { id documentId }';
const BOXES = `query ($one: ID!, $other: ID!) {
  one: safeBox(id: $one) { ${PEOPLE} downloadActivity { guests { ${DOWNLOADS} } owner { ${DOWNLOADS} } } }
  other: safeBox(id: $other) { ${PEOPLE} }
}`;

test('one owner of two SafeBoxes is two participants, and one document with two people two downloads', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const { one, other } = await ask(BOXES, { one: SEEDED.open, other: SEEDED.keyRequired });
  const owners = [one, other].map((box: Answer) =>
    listOf(box['participants']).find(({ role }) => role === 'owner'),
  );
  assert.equal(new Set(owners.map((owner) => owner?.['participantId'])).size, 1);
  assert.equal(new Set(owners.map((owner) => owner?.['id'])).size, 2);

  const activity = one.downloadActivity as Answer;
  const details = [activity['owner'] as Answer, ...listOf(activity['guests'])];
  const downloads = details.flatMap(({ documents }) => listOf(documents));
  assert.ok(downloads.length > new Set(downloads.map(({ documentId }) => documentId)).size);
  const ids = [
    ...owners,
    ...details,
    ...downloads,
    ...listOf(one.participants).filter(({ role }) => role !== 'owner'),
  ];
  assert.equal(new Set(ids.map((object) => object?.['id'])).size, ids.length);
});

test('a guest and their numbers are named by either id, and those of another SafeBox are unknown', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const { one } = await ask(BOXES, { one: SEEDED.open, other: SEEDED.shared });
  const guest = listOf(one.participants).find(({ guestOptions }) => guestOptions?.contactMethods?.length > 0);
  assert.ok(guest);
  const [number] = listOf(guest['guestOptions'].contactMethods);
  const UPDATE = `mutation ($input: UpdateSafeBoxParticipantInput!) { updateSafeBoxParticipant(input: $input) {
    participant { id guestOptions { contactMethods { id contactMethodId destination } } } problem { code } } }`;
  const update = async (safeBoxId: string, participantId: unknown, numberId: unknown): Promise<Answer> =>
    (
      await ask(UPDATE, {
        input: {
          safeBoxId,
          participantId,
          contactMethods: [{ id: numberId, destination: '+15145550042', destinationType: 'CELL_PHONE' }],
        },
      })
    )['updateSafeBoxParticipant'] as Answer;
  for (const [participantId, numberId] of [
    [guest['id'], number?.['id']],
    [guest['participantId'], number?.['contactMethodId']],
  ]) {
    const { participant, problem } = await update(SEEDED.open, participantId, numberId);
    assert.equal(problem, null);
    assert.equal(participant.id, guest['id']);
    assert.deepEqual(participant.guestOptions.contactMethods[0], { ...number, destination: '+15145550042' });
  }
  const elsewhere = await update(SEEDED.keyRequired, guest['id'], number?.['id']);
  assert.equal(elsewhere['problem'].code, 'NOT_FOUND');
});
