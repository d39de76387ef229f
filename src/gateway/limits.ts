import { GraphQLError, Kind } from 'graphql';
import type { ASTVisitor, DocumentNode, SelectionSetNode, ValidationContext } from 'graphql';

/** How much one operation may ask for. Fragments count wherever they are spread. */
export interface Limits {
  /** Bytes of a request body or of one WebSocket message. Default 1,500,000: 1 MiB as Base64, and what belongs to it. */
  readonly bodyBytes: number;
  /** Characters of a document (values belong into variables; parsed documents are kept). Default 50,000. */
  readonly documentChars: number;
  /** Lexical tokens of a document. Default 1,000. */
  readonly tokens: number;
  /** Fields inside fields; introspection does not count. Default 12. */
  readonly depth: number;
  /** Aliased fields. Default 15. */
  readonly aliases: number;
  /** Fields of the root type. Default 10. */
  readonly rootFields: number;
  /** Directives. Default 10. */
  readonly directives: number;
  /** Errors reported for one invalid document. Default 5. */
  readonly validationErrors: number;
  /** Calls to providers that an operation may make, as reckoned before it runs. Default 100. */
  readonly cost: number;
  /** Calls to providers that an operation may make, as counted while it runs in one process. Default 200. */
  readonly providerCalls: number;
  /** Errors of one answer. Default 50. */
  readonly answerErrors: number;
  /** WebSockets that may be open in this process. Default 20,000. */
  readonly sockets: number;
  /** Operations, and so subscriptions, that may run on one WebSocket at a time. Default 100. */
  readonly operationsPerSocket: number;
  /** Operations that may run on all WebSockets and event streams of one caller in this process at a time. Default 10,000. */
  readonly operationsPerCaller: number;
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 1_500_000,
  documentChars: 50_000,
  tokens: 1_000,
  depth: 12,
  aliases: 15,
  rootFields: 10,
  directives: 10,
  validationErrors: 5,
  cost: 100,
  providerCalls: 200,
  answerErrors: 50,
  sockets: 20_000,
  operationsPerSocket: 100,
  operationsPerCaller: 10_000,
};

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

/** A validation rule that refuses operations beyond the limits with code `LIMIT_EXCEEDED`. */
export function limitRule(limits: Limits): (context: ValidationContext) => ASTVisitor {
  return function OperationSize(context) {
    return {
      OperationDefinition(node) {
        const size = measure(node.selectionSet, context.getDocument(), node.directives?.length ?? 0);
        const check = (what: keyof Size, sentence: string): void => {
          if (size[what] <= limits[what]) return;
          const message = `The operation ${sentence}; at most ${limits[what]} are allowed.`;
          const extensions = { code: 'LIMIT_EXCEEDED', http: { status: 400, spec: true } };
          context.reportError(new GraphQLError(message, { nodes: node, extensions }));
        };
        check('depth', `is ${size.depth} levels deep`);
        check('aliases', `has ${size.aliases} aliases`);
        check('rootFields', `has ${size.rootFields} root fields`);
        check('directives', `has ${size.directives} directives`);
      },
    };
  };
}

function measure(operation: SelectionSetNode, document: DocumentNode, ownDirectives: number): Size {
  const empty: Size = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };
  // A fragment is measured once; one that contains itself counts as empty there (another rule refuses it).
  const fragments = new Map<string, Size>();
  const ofFragment = (name: string): Size => {
    const known = fragments.get(name);
    if (known) return known;
    fragments.set(name, empty);
    const found = document.definitions.find(
      (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    const size = found?.kind === Kind.FRAGMENT_DEFINITION ? ofSet(found.selectionSet) : empty;
    fragments.set(name, size);
    return size;
  };
  const ofSet = (set: SelectionSetNode): Size =>
    set.selections
      .map((selection): Size => {
        const directives = selection.directives?.length ?? 0;
        if (selection.kind === Kind.FIELD) {
          const inner = selection.selectionSet ? ofSet(selection.selectionSet) : empty;
          return {
            depth: selection.name.value.startsWith('__') ? 0 : 1 + inner.depth,
            aliases: inner.aliases + (selection.alias ? 1 : 0),
            rootFields: 1,
            directives: inner.directives + directives,
          };
        }
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? ofSet(selection.selectionSet)
            : ofFragment(selection.name.value);
        return { ...inner, directives: inner.directives + directives };
      })
      .reduce(joined, empty);
  const size = ofSet(operation);
  return { ...size, directives: size.directives + ownDirectives };
}

function joined(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    directives: a.directives + b.directives,
  };
}
