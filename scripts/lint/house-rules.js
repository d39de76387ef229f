import regexp from 'eslint-plugin-regexp';
import ts from 'typescript-eslint';
import { importLayers } from './import-layers.js';
import { unanchoredRepetition } from './unanchored-repetition.js';

const PRODUCT = ['src/**/*.ts', 'resolvers/**/*.ts', 'subgraphs/**/*.ts'];
const GRAPHQL = ['graphql', 'graphql-*', 'graphql/*', 'type-graphql', '@apollo/*', '@graphql-*/**'];
const ENVIRONMENT = 'Only src/config reads the environment: it is checked there, in one place.';

/** The rules of this project that are about its own folders. They need no type information. */
export default [
  {
    files: PRODUCT,
    languageOptions: { parser: ts.parser },
    plugins: {
      '@typescript-eslint': ts.plugin,
      sealgraph: { rules: { 'import-layers': importLayers, 'unanchored-repetition': unanchoredRepetition } },
    },
    rules: { 'sealgraph/import-layers': 'error', 'no-console': 'error' },
  },
  {
    // What callers and providers give may be as long and as odd as they like.
    files: PRODUCT,
    plugins: { regexp },
    rules: {
      'sealgraph/unanchored-repetition': 'error',
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: PRODUCT,
    ignores: ['src/config/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: ENVIRONMENT }],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env'], message: ENVIRONMENT }] },
      ],
    },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/{providers,live,store,vault,simulators,config}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: GRAPHQL, message: 'What is below the graph does not know it: translate in resolvers.' },
          ],
        },
      ],
    },
  },
];
