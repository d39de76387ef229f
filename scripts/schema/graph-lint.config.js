import graphql from '@graphql-eslint/eslint-plugin';

const recommended = graphql.configs['flat/schema-recommended'].rules;
const relay = graphql.configs['flat/schema-relay'].rules;
const [, recommendedNames] = recommended['@graphql-eslint/naming-convention'];

/** What is so, or was, or can be. */
const STATEMENT = /^(?:is|has|can|was)[A-Z]/;
/** What is given says how something shall be, by the name it is shown under, or else what to do. */
const STATEMENT_OR_COMMAND =
  /^(?:(?:is|has|can|was)[A-Z]|(?:activate|announce|consent|encrypt|force|include|remember|sign)(?:[A-Z]|$))/;

/** Of fields or arguments, those that are yes or no, nullable or not. */
function booleans(kind) {
  return `${kind}[gqlType.name.value=Boolean],${kind}[gqlType.gqlType.name.value=Boolean]`;
}

/**
 * Lint of the graph that clients see (`npm run check:graph`). Apart from the lint of the code, which needs types and is
 * slow, and knows no schema. Everything that `schema-recommended` and `schema-relay` ask for, and what stands here.
 */
export default [
  {
    files: ['**/*.graphql'],
    // The schema is printed by the code: what is wrong is mended there, or allowed here for everybody.
    linterOptions: { noInlineConfig: true },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema/api.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...recommended,
      ...relay,
      // The schema is read in Sandbox, without a manual: nothing in it is without a description.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          ...recommendedNames,
          'FieldDefinition[parent.name.value=Query]': {
            style: 'camelCase',
            forbiddenPrefixes: ['query', 'get', 'list', 'fetch', 'find'],
            forbiddenSuffixes: ['Query'],
          },
          'FieldDefinition[parent.name.value=Subscription]': {
            style: 'camelCase',
            requiredSuffixes: ['Changed'],
          },
          [booleans('FieldDefinition')]: { style: 'camelCase', requiredPattern: STATEMENT },
          [booleans('InputValueDefinition')]: { style: 'camelCase', requiredPattern: STATEMENT_OR_COMMAND },
          // What the audit trail calls an event type is one; elsewhere the suffix would say nothing.
          'ObjectTypeDefinition,ObjectTypeExtension': {
            ...recommendedNames['ObjectTypeDefinition,ObjectTypeExtension'],
            style: 'PascalCase',
            ignorePattern: '^XqEventType$',
          },
          InputObjectTypeDefinition: { style: 'PascalCase', requiredSuffixes: ['Input'] },
        },
      ],
      // A mutation takes one `input` and answers a payload, so that both can grow; several may take the same input.
      '@graphql-eslint/input-name': ['error', { checkInputType: false }],
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      // Providers list in one direction, so lists page forwards.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Lists that cannot become long are plain lists; only those that page are connections.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // Payloads, edges, events and values have no identity. What has one says so by `@key`, which composition checks.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
];
