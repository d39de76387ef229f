import { BREAK, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ReadyOperation } from './executor.js';
import { switched, switchVariables } from './switched.js';
import { TYPENAME, withTypenames } from './with-typenames.js';

/** Variants of one document that are remembered; others are made anew each time. */
const MAX_VARIANTS = 16;

/** An operation as the planner is given it. */
export interface PlannedDocument {
  readonly document: DocumentNode;
  /** It asks for types that its client did not ask for. */
  readonly addsTypenames: boolean;
}

interface Variants {
  readonly switches: readonly string[];
  readonly made: Map<string, PlannedDocument>;
}

/** Writes operations as the planner must be given them, each once for all values that make no difference. */
export class PlannedDocuments {
  readonly #schema: GraphQLSchema;
  readonly #known = new WeakMap<DocumentNode, Variants>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  of({ document, operation, variables }: ReadyOperation): PlannedDocument {
    const { switches, made } = this.#variantsOf(document);
    const key = JSON.stringify([operation.name?.value, switches.map((name) => variables[name] === true)]);
    const known = made.get(key);
    if (known) return known;
    const typed = withTypenames(this.#schema, switched(document, operation, variables));
    const planned = { document: typed, addsTypenames: addsTypenames(typed) };
    if (made.size < MAX_VARIANTS) made.set(key, planned);
    return planned;
  }

  #variantsOf(document: DocumentNode): Variants {
    const variants = this.#known.get(document) ?? { switches: switchVariables(document), made: new Map() };
    this.#known.set(document, variants);
    return variants;
  }
}

function addsTypenames(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      if (node !== TYPENAME) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
