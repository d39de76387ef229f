import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse } from 'graphql';

/**
 * A TypeScript module with a typed document for each of a client's operations, and no more types than those need.
 * @throws when an operation asks for what the graph does not have.
 */
export async function clientTypes(apiSdl: string, operations: string): Promise<string> {
  const [typedDocuments] = await preset.buildGeneratesSection({
    baseOutputDir: './',
    schema: parse(apiSdl),
    schemaAst: buildSchema(apiSdl),
    documents: [{ location: 'operations.graphql', rawSDL: operations, document: parse(operations) }],
    config: {
      documentMode: 'string',
      useTypeImports: true,
      // As they travel in JSON.
      scalars: { ID: 'string', DateTime: 'string', SafeInt: 'number' },
      defaultScalarType: 'unknown',
    },
    presetConfig: { fragmentMasking: false, skipIndexFile: true },
    plugins: [],
    pluginMap: {},
  });
  if (!typedDocuments) throw new Error('the client preset wrote nothing');
  return codegen(typedDocuments);
}
