import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getNamedType, isInputObjectType, isObjectType, parse } from 'graphql';
import type { GraphQLField } from 'graphql';
import { z } from 'zod';
import { readExamples } from '../../src/gateway/read-examples.js';
import { namesIn, typeOfId } from '../../src/subgraph/global-id.js';
import { subgraphs } from '../../subgraphs/index.js';
import { EFFECTS, LISTS, REPEATABLE, VANISHING, WITHOUT_KEY } from './effects.js';
import { onStage } from './stage.js';
import type { Payload, Stage } from './stage.js';

/** Tests that every mutation of a provider does what it does once at the most, and never says falsely that it has not. */
export function testOnce(provider: string): void {
  const effects = EFFECTS[provider] ?? {};

  test(`${provider}: every mutation is in the table`, () => {
    const module = subgraphs.find(({ name }) => name === provider);
    const fields = Object.values(module?.build().schema.getMutationType()?.getFields() ?? {});
    assert.deepEqual(
      fields
        .filter(takesKey)
        .map(({ name }) => name)
        .sort(),
      Object.keys(effects).sort(),
    );
    for (const { name } of fields.filter((field) => !takesKey(field)))
      assert.ok(name in WITHOUT_KEY, `${name} takes no idempotencyKey`);
  });

  for (const [field, operation] of Object.entries(effects)) {
    for (const example of examplesOf(provider, field)) {
      const title = `${field} (${example})`;
      const staged = <Result>(use: (stage: Stage) => Promise<Result>) => onStage(example, field, use);
      const count = async (stage: Stage): Promise<number> => (await stage.calls())[operation] ?? 0;

      // How often the provider is asked for it when nothing goes wrong.
      let once = 0;

      test(`${title}: goes well`, async () => {
        await staged(async (stage) => {
          const payload = await stage.send();
          assert.equal(payload.problem, null);
          once = await count(stage);
          const { field: done, code, tenant, subject, targets = {} } = stage.audited() ?? {};
          assert.deepEqual([done, code, tenant, subject], [`Mutation.${field}`, 'OK', 'acme', 'anna']);
          const told = Object.values(targets).flat();
          for (const id of idsIn(payload))
            assert.ok(told.includes(id) || told.includes(ownIdIn(id)), `${id} is not in the audit log`);
          if (namesWhatItMade(provider, field))
            assert.ok(told.length > 0, 'what was made is not in the audit log');
        });
        assert.ok(once > 0, `${operation} is not called`);
      });

      test(`${title}: whichever call to the store fails, once at the most`, async () => {
        let isReached = true;
        for (let calls = 0; isReached; calls++) {
          await staged(async (stage) => {
            stage.stores.failAfter(calls);
            const first = codeOf(await stage.send());
            isReached = stage.stores.hasFailed;
            stage.stores.failAfter(Infinity);
            const done = await count(stage);
            if (done > 0) assertHonest(first, `call ${calls}, first`);
            const again = codeOf(await stage.send());
            assertHonest(again, `call ${calls}, again after ${first}`);
            assert.ok((await count(stage)) <= once, `call ${calls}: ${await count(stage)} ${operation}`);
            // What was refused with nothing sent can be done.
            if (first === 'STORE_UNAVAILABLE') assert.equal(again, null, `call ${calls}`);
          });
        }
      });

      test(`${title}: with its answer lost, once at the most`, () =>
        staged(async (stage) => {
          await stage.cut(operation);
          const first = codeOf(await stage.send());
          if (VANISHING.has(field)) assert.equal(first, 'PROVIDER_UNAVAILABLE');
          else
            assert.ok(first === 'OUTCOME_UNKNOWN' || (first === null && REPEATABLE.has(field)), `${first}`);
          assertHonest(codeOf(await stage.send()), 'again');
          assertHonest(codeOf(await stage.send(1)), 'again, elsewhere');
          const isMadeAgain = VANISHING.has(field) || REPEATABLE.has(field);
          assert.equal(await count(stage), isMadeAgain ? 2 * once : once);
        }));

      test(`${title}: a store that can keep nothing refuses it with nothing sent`, () =>
        staged(async (stage) => {
          stage.stores.refuseWritesAfter(0);
          assert.equal(codeOf(await stage.send()), 'STORE_UNAVAILABLE');
          assert.equal(await count(stage), 0);
          stage.stores.refuseWritesAfter(Infinity);
          assert.equal(codeOf(await stage.send()), null);
          assert.equal(await count(stage), once);
        }));

      const list = LISTS[field];
      if (list)
        test(`${title}: what the store could not keep is listed once it can`, () =>
          staged(async (stage) => {
            const before = JSON.stringify(await stage.ask(list));
            for (let writes = 1; (await count(stage)) === 0; writes++) {
              stage.stores.refuseWritesAfter(writes);
              assertHonestOrUnsent(codeOf(await stage.send()), await count(stage));
            }
            stage.stores.refuseWritesAfter(Infinity);
            await stage.pass(120_000);
            assert.notEqual(JSON.stringify(await stage.ask(list)), before);
          }));

      test(`${title}: at two replicas at once, once`, () =>
        staged(async (stage) => {
          const answers = await Promise.all([stage.send(0), stage.send(1)]);
          for (const answer of answers) assertHonest(codeOf(answer), 'at once');
          assert.equal(codeOf(await stage.send(1)), null);
          assert.equal(await count(stage), once);
        }));
    }
  }
}

/** The ids of the objects in a payload. */
function idsIn(payload: Payload): string[] {
  return Object.values(payload)
    .flat()
    .flatMap((part: unknown) => withId.safeParse(part).data?.id ?? []);
}

/** The provider's own, by which whoever made it may have named it. */
function ownIdIn(id: string): string {
  return namesIn(typeOfId(id) ?? '', id)?.at(-1) ?? '';
}

const withId = z.object({ id: z.string() });

/** Whether the payload of a mutation can tell an object with an id. */
function namesWhatItMade(provider: string, field: string): boolean {
  const module = subgraphs.find(({ name }) => name === provider);
  const payload = getNamedType(module?.build().schema.getMutationType()?.getFields()[field]?.type);
  if (!isObjectType(payload)) return false;
  return Object.values(payload.getFields()).some(({ type }) => {
    const part = getNamedType(type);
    return isObjectType(part) && part.getFields()['id'] !== undefined;
  });
}

export function codeOf({ problem }: Payload): string | null {
  return problem?.code ?? null;
}

/** It has happened, or nobody knows. */
function assertHonest(code: string | null, when: string): void {
  assert.ok(code === null || code === 'OUTCOME_UNKNOWN', `${when}: ${code}`);
}

export function assertHonestOrUnsent(
  code: string | null,
  done: number,
  when = 'while the store keeps nothing',
): void {
  if (done > 0) assertHonest(code, when);
  else assert.equal(code, 'STORE_UNAVAILABLE', when);
}

function takesKey({ args }: GraphQLField<unknown, unknown>): boolean {
  const input = args[0] && getNamedType(args[0].type);
  return isInputObjectType(input) && 'idempotencyKey' in input.getFields();
}

/** The example documents of a mutation. */
export function examplesOf(provider: string, field: string): readonly string[] {
  const names = readExamples()
    .filter(({ name }) => name.startsWith(`${provider}/`))
    .filter(({ document }) =>
      parse(document).definitions.some(
        (definition) =>
          definition.kind === 'OperationDefinition' &&
          definition.operation === 'mutation' &&
          definition.selectionSet.selections.some(
            (selection) => selection.kind === 'Field' && selection.name.value === field,
          ),
      ),
    )
    .map(({ name }) => name);
  assert.ok(names.length > 0, `${field} has no example`);
  return names;
}
