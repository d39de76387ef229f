import { readFileSync } from 'node:fs';
import { buildSchema, isNonNullType, Kind, parse, visit } from 'graphql';
import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { Example } from '../../src/gateway/example.js';
import { PROBLEM_CODES } from '../../src/provider-error.js';
import { scopesOf } from '../../src/subgraph/scopes.js';
import { readAnswers } from '../coverage/answers-file.js';
import { WRITTEN } from './written.js';

/** A page of the reference. */
interface Page {
  readonly file: string;
  readonly text: string;
}

const ROOTS = ['Query', 'Mutation', 'Subscription'] as const;
type Root = (typeof ROOTS)[number];

/** One operation of the graph. */
interface Operation {
  readonly root: Root;
  readonly field: GraphQLField<unknown, unknown>;
  readonly subgraph: string;
  readonly scopes: string;
}

/** docs/reference/: each operation with its scope, an example and what it costs, one page per provider. */
export function renderReference(apiSdl: string, examples: readonly Example[]): Page[] {
  const schema = buildSchema(apiSdl);
  const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {});
  const roots = {
    Query: fieldsOf(schema.getQueryType()),
    Mutation: fieldsOf(schema.getMutationType()),
    Subscription: fieldsOf(schema.getSubscriptionType()),
  };
  const owners = readOwners();
  const operations = ROOTS.flatMap((root) =>
    roots[root].flatMap((field): Operation[] => {
      const owner = owners.get(`${root}.${field.name}`);
      return owner ? [{ root, field, ...owner }] : [];
    }),
  );
  const subgraphs = [...new Set(operations.map(({ subgraph }) => subgraph))].sort();
  const pages = subgraphs.map((subgraph) => {
    const own = operations.filter((operation) => operation.subgraph === subgraph);
    return {
      file: `docs/reference/${subgraph}.md`,
      text: renderPage(subgraph, own, examples),
      count: own.length,
    };
  });
  const lines = pages.map(({ file, count }) => {
    const name = file.replace('docs/reference/', '');
    return `- [${name.replace('.md', '')}](reference/${name}): ${count} operations`;
  });
  const text = `# Reference\n\n${WRITTEN}\n\nEvery operation with the scope it needs, an example with its variables and answer, what can go wrong, and what it costs at the provider. Types and fields are described in the schema itself (\`schema/api.graphql\`, or GraphiQL's documentation pane).\n\n${lines.join('\n')}\n`;
  return [{ file: 'docs/reference.md', text }, ...pages];
}

function renderPage(
  subgraph: string,
  operations: readonly Operation[],
  examples: readonly Example[],
): string {
  const costs = readCosts(subgraph);
  const answers = readAnswers(subgraph);
  const sections = operations.map(({ root, field, scopes }) => {
    const example = examples.find(({ document }) => asksFor(document, root, field.name));
    const answer = example && answers[example.name];
    const parts = [
      `### ${field.name}`,
      `${field.description ?? ''}`,
      `${root}, answers \`${field.type.toString()}\`. Scope: ${scopes}. ${costs.get(`${root}.${field.name}`) ?? ''}`,
      argumentTable(field),
      example ? `\`\`\`graphql\n${example.document.trim()}\n\`\`\`` : '',
      example?.variables ? `\`\`\`json\n${JSON.stringify(example.variables, shortened, 2)}\n\`\`\`` : '',
      answer
        ? `Its answer, of each list the first alone:\n\n\`\`\`json\n${JSON.stringify(answer, null, 2)}\n\`\`\``
        : '',
    ];
    return parts.filter(Boolean).join('\n\n');
  });
  return `# Reference: ${subgraph}\n\n${WRITTEN}\n\nWhat can be expected to fail is a \`problem\` of a mutation, or an error with the same code: ${Object.keys(
    PROBLEM_CODES,
  )
    .map((code) => `\`${code}\``)
    .join(', ')}. [errors.md](../errors.md) says what each means.\n\n${sections.join('\n\n')}\n`;
}

// Files in Base64, keys and whole mails.
function shortened(_key: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > 200 ? `${value.slice(0, 80)} ...` : value;
}

function argumentTable({ args }: GraphQLField<unknown, unknown>): string {
  if (args.length === 0) return '';
  const rows = args.map(
    ({ name, type, description, defaultValue }) =>
      `| \`${name}\` | \`${type.toString()}\` | ${isNonNullType(type) && defaultValue === undefined ? 'yes' : ''} | ${(description ?? '').replaceAll('\n', ' ')} |`,
  );
  return `| argument | type | needed | |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function asksFor(document: string, root: Root, field: string): boolean {
  return parse(document).definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === root.toLowerCase() &&
      definition.selectionSet.selections.some(
        (selection) => selection.kind === Kind.FIELD && selection.name.value === field,
      ),
  );
}

/** Which subgraph has an operation, and the scopes it asks for. */
function readOwners(): Map<string, { subgraph: string; scopes: string }> {
  const owners = new Map<string, { subgraph: string; scopes: string }>();
  for (const subgraph of ['guardcrypto', 'messaging2fa', 'safebox', 'vipidentity', 'xqkeys']) {
    visit(parse(readFileSync(`schema/${subgraph}.graphql`, 'utf8')), {
      ObjectTypeDefinition({ name, fields = [] }) {
        for (const field of fields) {
          const scopes = field.directives
            ?.filter((directive) => directive.name.value === 'requiresScopes')
            .flatMap(scopesOf)
            .map((all) => all.map((scope) => `\`${scope}\``).join(' and '));
          const words = scopes?.length ? scopes.join(' or ') : 'none';
          owners.set(`${name.value}.${field.name.value}`, { subgraph, scopes: words });
        }
      },
    });
  }
  return owners;
}

/** What an operation of the graph calls at the provider, by its place. */
function readCosts(subgraph: string): Map<string, string> {
  const coverage = JSON.parse(readFileSync('schema/coverage.json', 'utf8')) as Record<
    string,
    { operations: Record<string, { field?: string }> }
  >;
  const costs = new Map<string, string[]>();
  for (const [operation, { field }] of Object.entries(coverage[subgraph]?.operations ?? {})) {
    if (field !== undefined) costs.set(field, [...(costs.get(field) ?? []), `\`${operation}\``]);
  }
  return new Map([...costs].map(([field, names]) => [field, `At the provider: ${names.join(', ')}.`]));
}
