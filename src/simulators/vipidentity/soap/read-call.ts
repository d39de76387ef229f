import type { IncomingMessage } from 'node:http';
import { textAnswer, type HttpAnswer } from '../../kit/answer.js';
import { BodyTooLarge, readBody } from '../../kit/body.js';
import type { Found } from '../../kit/host.js';
import { callingAccount } from '../accounts.js';
import { ASSUMED } from '../assumptions.js';
import type { Operation } from '../operations/operation.js';
import { VIP_NAMESPACE, type Version } from '../schema/xml-type.js';
import type { Service } from '../services.js';
import { decodeBody } from './decode-body.js';
import { readEnvelope, SoapFault, writeEnvelope, writeFault } from './envelope.js';
import type { Performer } from './performer.js';
import type { XmlElement } from './xml.js';

/** Reads one POST to a service. The operation is known by the element in the body alone. @throws SoapFault */
export async function readCall(
  performer: Performer,
  service: Service,
  version: Version,
  request: IncomingMessage,
): Promise<Found> {
  const element = readEnvelope(await bodyText(request));
  const operation = operationOf(service, element);
  return {
    operation: operation.name,
    perform: () => {
      const response = performer.perform(operation, element, version, callingAccount(request));
      return soapAnswer(200, writeEnvelope(inVipNamespace(response)));
    },
  };
}

/** @param error undefined for what is no fault of the message. */
export function faultAnswer(error: unknown): HttpAnswer | undefined {
  return error instanceof SoapFault ? soapAnswer(500, writeFault(error)) : undefined;
}

async function bodyText(request: IncomingMessage): Promise<string> {
  try {
    const body = await readBody(request, ASSUMED.maxBodyBytes);
    return decodeBody(body, request.headers['content-type']);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new SoapFault('Client', 'The message is too long.');
    throw error;
  }
}

function operationOf({ operations }: Service, { name, namespace }: XmlElement): Operation {
  const operation = operations.find(({ elementName }) => name === `${elementName}Request`);
  if (operation === undefined || namespace !== VIP_NAMESPACE)
    throw new SoapFault('Client', 'The service has no such operation.');
  return operation;
}

// Without a prefix: a published client looks for the bare names.
function inVipNamespace(element: string): string {
  return element.replace(/^<\w+/, (start) => `${start} xmlns="${VIP_NAMESPACE}"`);
}

function soapAnswer(status: number, envelope: string): HttpAnswer {
  return textAnswer(status, envelope, 'text/xml;charset=utf-8');
}
