import { GraphQLError, Lexer, parse, Source, stripIgnoredCharacters, TokenKind, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import type { Limits } from './limits.js';

/** A document that was read once, with what is known about it. */
export interface PreparedDocument {
  /** Undefined when it cannot be read. */
  readonly document: DocumentNode | undefined;
  /** The same for documents that differ in layout alone. */
  readonly normalized: string;
  /** Why none of its operations may run. Empty when they may. */
  readonly errors: readonly GraphQLError[];
}

export interface DocumentOptions {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
  readonly limits: Pick<Limits, 'documentChars' | 'tokens' | 'validationErrors'>;
}

const MAX_CACHED = 500;

/** Parses and validates documents within the limits, and remembers the latest ones. */
export class Documents {
  readonly #options: DocumentOptions;
  readonly #cache = new Map<string, PreparedDocument>();

  constructor(options: DocumentOptions) {
    this.#options = options;
  }

  prepare(query: string): PreparedDocument {
    const known = this.#cache.get(query);
    if (known) return known;
    const { documentChars } = this.#options.limits;
    if (query.length > documentChars) {
      const message = `The document is longer than ${documentChars} characters; pass values as variables.`;
      return unreadable(new GraphQLError(message, refusal('LIMIT_EXCEEDED')));
    }
    const prepared = this.#read(query);
    if (!prepared.document) return prepared;
    this.#cache.set(query, prepared);
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= MAX_CACHED) break;
      this.#cache.delete(oldest);
    }
    return prepared;
  }

  /** What it says, valid or not; undefined when it cannot be read within the limits. */
  parsed(query: string): DocumentNode | undefined {
    const known = this.#cache.get(query)?.document;
    if (known || query.length > this.#options.limits.documentChars) return known;
    try {
      return parse(query, { maxTokens: this.#options.limits.tokens });
    } catch {
      return undefined;
    }
  }

  #read(query: string): PreparedDocument {
    try {
      const document = parse(query, { maxTokens: this.#options.limits.tokens });
      return { document, normalized: stripIgnoredCharacters(query), errors: this.#validate(document) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { tokens } = this.#options.limits;
      if (hasMoreTokens(query, tokens)) {
        const message = `The document has more than ${tokens} tokens.`;
        return unreadable(new GraphQLError(message, refusal('LIMIT_EXCEEDED')));
      }
      const { message, source, positions } = error;
      return unreadable(
        new GraphQLError(message, {
          source: source ?? null,
          positions: positions ?? null,
          ...refusal('GRAPHQL_PARSE_FAILED'),
        }),
      );
    }
  }

  #validate(document: DocumentNode): readonly GraphQLError[] {
    const { schema, rules, limits } = this.#options;
    // graphql-js adds one more entry, saying that it stopped.
    const found = validate(schema, document, rules, { maxErrors: limits.validationErrors - 1 });
    return found.map((error) =>
      error.extensions['code']
        ? error
        : new GraphQLError(error.message, {
            nodes: error.nodes ?? null,
            ...refusal('GRAPHQL_VALIDATION_FAILED'),
          }),
    );
  }
}

/** A document that cannot run at all. */
export function unreadable(error: GraphQLError): PreparedDocument {
  return { document: undefined, normalized: '', errors: [error] };
}

/** Whether it goes on beyond so many, whatever it says; what cannot be read ends it. */
function hasMoreTokens(query: string, most: number): boolean {
  const lexer = new Lexer(new Source(query));
  try {
    for (let count = 0; count <= most; count += 1) if (lexer.advance().kind === TokenKind.EOF) return false;
    return true;
  } catch {
    return false;
  }
}

function refusal(code: string): { extensions: Record<string, unknown> } {
  return { extensions: { code, http: { status: 400, spec: true } } };
}
