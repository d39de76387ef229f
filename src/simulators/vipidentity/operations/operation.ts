import { ASSUMED } from '../assumptions.js';
import { accountIdType, requestIdType } from '../messages/simple-types.js';
import { complexType, messageType, one, optional, type Fields, type ValueOf } from '../schema/complex.js';
import { hexBinary, string } from '../schema/simple.js';
import { SchemaViolation, type Choice, type Version, type XmlType } from '../schema/xml-type.js';
import type { XmlElement } from '../soap/xml.js';
import type { Account } from '../state/account.js';
import { detailMessage, Refusal, statusMessage, type DetailCode, type StatusCode } from '../statuses.js';

const REQUEST_BASE = { requestId: one(requestIdType), onBehalfOfAccountId: optional(accountIdType) };

const RESPONSE_BASE = {
  requestId: one(requestIdType),
  status: one(hexBinary),
  statusMessage: one(string),
  detail: optional(hexBinary),
  detailMessage: optional(string),
};

const outcomeType = complexType('BaseResponseType', RESPONSE_BASE);

/** How a call went. */
export type Outcome = Omit<ValueOf<typeof RESPONSE_BASE>, 'requestId'>;

/** What an operation says besides the base elements. */
export interface Reply<Own> {
  /** Default `0000`. */
  readonly status?: StatusCode;
  readonly own: Own;
}

export interface OperationPlan<Request extends Fields, Response extends Fields> {
  /** As in the WSDL: `createUser`. */
  readonly name: string;
  /** Elements of the request after the base elements. */
  readonly request: Request;
  readonly choice?: Choice;
  /** Elements of the response after the base elements. */
  readonly response: Response;
  /** The call changes nothing that a restart must not forget. */
  readonly readOnly?: true;
  /** @throws Refusal */
  run(account: Account, request: ValueOf<Request>): Reply<ValueOf<Response>>;
}

/** Finds the account a call is for. @throws Refusal when there is none */
export type FindAccount = (onBehalfOf: string | undefined) => Account;

/** An operation of the service, from request element to response element. */
export interface Operation {
  readonly name: string;
  /** `CreateUser`: with `Request` or `Response` behind it, the name of an element. */
  readonly elementName: string;
  readonly requestType: XmlType<unknown>;
  readonly responseType: XmlType<unknown>;
  readonly readOnly: boolean;
  /** Carries out a request. @throws Refusal, SchemaViolation */
  perform(request: XmlElement, version: Version, findAccount: FindAccount): string;
}

/** Success without elements of its own: the answer of most operations that change something. */
export const DONE = { own: {} } as const;

/** Makes an operation of its plan: reads the request, runs it and writes the response. */
export function operation<Request extends Fields, Response extends Fields>(
  plan: OperationPlan<Request, Response>,
): Operation {
  const elementName = plan.name.charAt(0).toUpperCase() + plan.name.slice(1);
  const requestType = messageType(`${elementName}RequestType`, REQUEST_BASE, plan.request, plan.choice);
  const responseType = messageType(`${elementName}ResponseType`, RESPONSE_BASE, plan.response);
  return {
    name: plan.name,
    elementName,
    requestType,
    responseType,
    readOnly: plan.readOnly ?? false,
    perform(element, version, findAccount) {
      const { base, own } = requestType.read(element, version);
      const reply = plan.run(findAccount(base.onBehalfOfAccountId), own);
      const answer = { base: { requestId: base.requestId, ...outcome(reply.status) }, own: reply.own };
      return responseType.write(`${elementName}Response`, answer, version);
    },
  };
}

/** The response element of a request that was not carried out: the base elements alone. */
export function writeOutcome(
  { elementName }: Operation,
  request: XmlElement,
  version: Version,
  result: Outcome,
): string {
  return outcomeType.write(
    `${elementName}Response`,
    { requestId: requestIdOf(request, version), ...result },
    version,
  );
}

/** @param code default `0000`. */
export function outcome(code: StatusCode = '0000', detail?: DetailCode): Outcome {
  const result = { status: code, statusMessage: statusMessage(code) };
  return detail === undefined ? result : { ...result, detail, detailMessage: detailMessage(detail) };
}

/** What goes into the answer for an error that is the caller's. Others are not ours to answer. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Refusal) return outcome(error.code, error.detail);
  if (error instanceof SchemaViolation) return outcome('600B');
  throw error;
}

function requestIdOf({ children: [first] }: XmlElement, version: Version): string {
  try {
    return first?.name === 'requestId' ? requestIdType.read(first, version) : ASSUMED.unknownRequestId;
  } catch (error) {
    if (error instanceof SchemaViolation) return ASSUMED.unknownRequestId;
    throw error;
  }
}
