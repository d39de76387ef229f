import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { GATEWAY_CODES } from './errors.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** The ways to say which document to run. */
export interface DocumentRequest {
  readonly query?: string | null | undefined;
  /** Names a registered document. */
  readonly documentId?: string | null | undefined;
  /** `persistedQuery.sha256Hash` names one too, as Apollo's clients do. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

const persisted = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/** The id of the document, when the request has one. */
export function documentIdOf({ documentId, extensions }: DocumentRequest): string | undefined {
  if (typeof documentId === 'string' || !extensions) return documentId ?? undefined;
  return persisted.safeParse(extensions).data?.persistedQuery.sha256Hash;
}

/**
 * The text of the document to run.
 * @param trusted undefined: whatever is sent
 */
export function requestedDocument(
  request: DocumentRequest,
  trusted: TrustedDocuments | undefined,
): string | GraphQLError {
  const { query } = request;
  const id = documentIdOf(request);
  if (!trusted) return query || id === undefined ? (query ?? '') : NOT_SUPPORTED;
  const byId = id === undefined ? undefined : trusted.withId(id);
  if (!query) return byId ?? (isRepeatable(request) ? NOT_FOUND : NOT_TRUSTED);
  const byText = trusted.withText(query);
  const agrees = byId === undefined || byId === byText;
  return byText !== undefined && agrees ? byText : NOT_TRUSTED;
}

/** Apollo's clients send the text after the hash was not found; it may be registered under another hash. */
function isRepeatable(request: DocumentRequest): boolean {
  return request.documentId === undefined && documentIdOf(request) !== undefined;
}

const NOT_SUPPORTED = refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
const NOT_FOUND = refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
const NOT_TRUSTED = refusal('DOCUMENT_NOT_TRUSTED', GATEWAY_CODES.DOCUMENT_NOT_TRUSTED);

/** Clients of Apollo look for two of these messages word for word. */
function refusal(code: keyof typeof GATEWAY_CODES, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } });
}
