import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { GraphQLError, NoSchemaIntrospectionCustomRule, Source, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import type { Documents } from './documents.js';
import { limitRule } from './limits.js';
import type { Limits } from './limits.js';
import { singleSecretCheck } from './single-secret-check.js';

/** Parsing and validation within the limits, the same for every transport. */
export function validateWithinLimits(options: {
  documents: Documents;
  limits: Limits;
  introspection: boolean;
  /** Fields that check a secret, as coordinates. */
  secretChecks: ReadonlySet<string>;
}): GatewayPlugin {
  const { documents, limits } = options;
  const checkSize = limitRule(limits);
  const checkSecrets = singleSecretCheck(options.secretChecks);
  return {
    onParams({ params, request }) {
      const operation = documents.operation(params.query, params.operationName);
      if (operation?.operation !== 'subscription' || request.method !== 'GET') return;
      throw new GraphQLError('A subscription cannot be started with GET.', {
        extensions: { code: 'METHOD_NOT_ALLOWED', http: { status: 405, headers: { allow: 'POST' } } },
      });
    },
    onParse({ params, setParsedDocument }) {
      setParsedDocument(documents.parse(textOf(params.source)).document);
    },
    onValidate({ addValidationRule, setValidationFn }) {
      addValidationRule(checkSize);
      addValidationRule(checkSecrets);
      if (!options.introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
      // graphql-js adds one more entry, saying that it stopped.
      const maxErrors = limits.validationErrors - 1;
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules?: ValidationRule[]) =>
        validate(schema, document, rules, { maxErrors }),
      );
    },
  };
}

function textOf(source: unknown): string {
  if (source instanceof Source) return source.body;
  return typeof source === 'string' ? source : '';
}
