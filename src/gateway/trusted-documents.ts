import { GraphQLError, stripIgnoredCharacters } from 'graphql';
import type { TrustedDocument } from '../config/trusted-documents.js';

const ALGORITHM = /^sha256:/;

/** The operations that may run, when no others may. */
export class TrustedDocuments {
  readonly #byId = new Map<string, string>();
  readonly #byName = new Map<string, string | undefined>();
  readonly #byText = new Map<string, string>();
  readonly #maxChars: number;

  /** @param maxChars longer documents are not looked at */
  constructor(documents: readonly TrustedDocument[], maxChars: number) {
    this.#maxChars = maxChars;
    for (const { id, name, body } of documents) {
      this.#byId.set(id, body);
      const other = this.#byName.has(name) && this.#byName.get(name) !== body;
      this.#byName.set(name, other ? undefined : body);
      this.#byText.set(normalized(body) ?? body, body);
    }
  }

  /** @param id a hash, also as `sha256:<hash>`, or a name that one operation alone has */
  withId(id: string): string | undefined {
    return this.#byId.get(id.replace(ALGORITHM, '')) ?? this.#byName.get(id);
  }

  /** @param text may differ from the registered one in layout and comments */
  withText(text: string): string | undefined {
    if (text.length > this.#maxChars) return undefined;
    const layout = normalized(text);
    return layout === undefined ? undefined : this.#byText.get(layout);
  }
}

/** Undefined when it is not GraphQL. */
function normalized(text: string): string | undefined {
  try {
    return stripIgnoredCharacters(text);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
