import { getOperationAST, GraphQLError, parse, stripIgnoredCharacters } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Limits } from './limits.js';

/** A parsed document; `normalized` is the same for documents that differ in layout alone. */
export interface ParsedDocument {
  readonly document: DocumentNode;
  readonly normalized: string;
}

const MAX_CACHED = 500;

/** Parses documents within the limits, and remembers the latest ones. */
export class Documents {
  readonly #limits: Pick<Limits, 'documentChars' | 'tokens'>;
  readonly #cache = new Map<string, ParsedDocument>();

  constructor(limits: Pick<Limits, 'documentChars' | 'tokens'>) {
    this.#limits = limits;
  }

  /** @throws GraphQLError with code `GRAPHQL_PARSE_FAILED` or `LIMIT_EXCEEDED` */
  parse(query: string): ParsedDocument {
    const known = this.#cache.get(query);
    if (known) return known;
    if (query.length > this.#limits.documentChars) {
      const message = `The document is longer than ${this.#limits.documentChars} characters; pass values as variables.`;
      throw new GraphQLError(message, {
        extensions: { code: 'LIMIT_EXCEEDED', http: { status: 400, spec: true } },
      });
    }
    const parsed = { document: this.#read(query), normalized: stripIgnoredCharacters(query) };
    this.#cache.set(query, parsed);
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= MAX_CACHED) break;
      this.#cache.delete(oldest);
    }
    return parsed;
  }

  /** The operation a request means, when its document can be read. */
  operation(query: unknown, operationName: unknown): OperationDefinitionNode | undefined {
    if (typeof query !== 'string') return undefined;
    try {
      const name = typeof operationName === 'string' ? operationName : null;
      return getOperationAST(this.parse(query).document, name) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #read(query: string): DocumentNode {
    try {
      return parse(query, { maxTokens: this.#limits.tokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { message, source, positions } = error;
      const extensions = { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400, spec: true } };
      throw new GraphQLError(message, { source: source ?? null, positions: positions ?? null, extensions });
    }
  }
}
