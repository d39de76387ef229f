import {
  FieldsOnCorrectTypeRule,
  KnownArgumentNamesRule,
  KnownTypeNamesRule,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { GraphQLError } from 'graphql';
import type { ASTVisitor, ValidationContext, ValidationRule } from 'graphql';
import { literalsOfCorrectType } from './literals-rule.js';

/**
 * The rules of the specification. No message holds a value of the caller; for clients that may not read the schema,
 * none suggests a name of it either: the rules of graphql-js that would look for similar names are replaced.
 */
export function validationRules({ introspection }: { introspection: boolean }): readonly ValidationRule[] {
  const replaced = new Map<ValidationRule, ValidationRule>([
    [ValuesOfCorrectTypeRule, literalsOfCorrectType],
    ...(introspection ? [] : WITHOUT_SUGGESTIONS),
  ]);
  const rules = specifiedRules.map((rule) => replaced.get(rule) ?? rule);
  return introspection ? rules : [...rules, NoSchemaIntrospectionCustomRule];
}

const WITHOUT_SUGGESTIONS: readonly (readonly [ValidationRule, ValidationRule])[] = [
  [FieldsOnCorrectTypeRule, fieldsOnCorrectType],
  [KnownTypeNamesRule, knownTypeNames],
  [KnownArgumentNamesRule, knownArgumentNames],
];

function fieldsOnCorrectType(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const type = context.getParentType();
      if (!type || context.getFieldDef()) return;
      const message = `Cannot query field "${node.name.value}" on type "${type.name}".`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

function knownTypeNames(context: ValidationContext): ASTVisitor {
  return {
    NamedType(node) {
      if (context.getSchema().getType(node.name.value)) return;
      context.reportError(new GraphQLError(`Unknown type "${node.name.value}".`, { nodes: node }));
    },
  };
}

function knownArgumentNames(context: ValidationContext): ASTVisitor {
  return {
    Argument(node) {
      if (context.getArgument()) return;
      const directive = context.getDirective();
      const field = context.getFieldDef();
      if (!directive && !field) return;
      const owner = directive
        ? `directive "@${directive.name}"`
        : `field "${context.getParentType()?.name}.${field?.name}"`;
      const message = `Unknown argument "${node.name.value}" on ${owner}.`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}
