import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { compose } from '../../src/gateway/compose.js';
import { generateQuery } from '../support/gateway/generate-operation.js';
import { post } from '../support/gateway/post.js';
import type { Answered } from '../support/gateway/post.js';
import { MODES } from '../support/gateway/start.js';
import { World } from '../support/gateway/world.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const EMAILS = ['ann@example.org', 'bob@example.org'];
const limits = { depth: 50, aliases: 1_000, rootFields: 1_000, directives: 1_000, tokens: 20_000 };

const INGREDIENTS = {
  literals: {
    id: ['"1"', '"2"', '"none"'],
    email: [...EMAILS.map((email) => `"${email}"`), '"none@example.org"'],
    text: ['"x"'],
    colour: ['RED', 'GREEN'],
    stamp: ['"4m"'],
    how: ['PLAIN', 'CODED', 'HOSTILE'],
  },
  without: new Set(['Query.slow']),
  depth: 5,
};

/** What goes wrong: subgraphs that fail, and persons that some do not know. */
const faults = fc.record({
  broken: fc.subarray(['messages', 'directory', 'accounts']),
  withoutBalance: fc.subarray(EMAILS),
  withoutName: fc.subarray(EMAILS),
});

/**
 * The errors that a client is told; how often and where depends on who notices. A planner knows only roughly where a
 * subgraph failed, and takes what is missing around it for a consequence.
 */
function told({ body }: Answered): string[] {
  const errors = (body.errors ?? []).map(
    ({ message, extensions }) => `${String(extensions?.['code'])}: ${message}`,
  );
  const reported = errors.filter((error) => !error.startsWith('MISSING_VALUE'));
  return [...new Set(reported.length > 0 ? reported : errors)].sort();
}

test('wherever subgraphs live, every query has the same data and the same errors', async (t) => {
  const running = await Promise.all(MODES.map(([, start]) => start(t, { limits })));
  const { apiSchema } = compose(new World().subgraphs());
  await fc.assert(
    fc.asyncProperty(fc.gen(), faults, async (draw, { broken, withoutBalance, withoutName }) => {
      const { query, variables } = generateQuery(apiSchema, draw, INGREDIENTS);
      // Fields of one name and different types do not go together.
      fc.pre(validate(apiSchema, parse(query)).length === 0);
      const answers = await Promise.all(
        running.map(({ endpoint, world }) => {
          const fresh = new World();
          world.broken.clear();
          for (const subgraph of broken) world.broken.set(subgraph, new Error('out of order'));
          for (const email of EMAILS) {
            if (withoutBalance.includes(email)) world.balances.delete(email);
            else world.balances.set(email, fresh.balances.get(email) ?? 0);
            if (withoutName.includes(email)) world.names.delete(email);
            else world.names.set(email, fresh.names.get(email) ?? '');
          }
          return post(endpoint, query, { variables });
        }),
      );
      const [first, ...others] = answers;
      assert.ok(first?.body.data !== undefined, JSON.stringify(first?.body));
      for (const [index, other] of others.entries()) {
        const where = `${MODES[index + 1]?.[0]}: ${query} ${JSON.stringify(variables)}`;
        assert.deepEqual(other.body.data, first.body.data, where);
        assert.equal(told(other).length > 0, told(first).length > 0, where);
        // Where one fault takes the place of another away, which of them is told depends on who was first.
        if (broken.length === 0 || withoutBalance.length === 0)
          assert.deepEqual(told(other), told(first), where);
      }
    }),
    { numRuns: RUNS, seed, endOnFailure: true, includeErrorInReport: true },
  );
});
