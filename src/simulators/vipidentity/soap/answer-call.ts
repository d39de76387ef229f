import type { IncomingMessage } from 'node:http';
import { textAnswer, type Answer } from '../../kit/answer.js';
import { BodyTooLarge, readBody } from '../../kit/body.js';
import type { CallCounters } from '../../kit/call-counters.js';
import type { FaultInjector } from '../../kit/faults.js';
import { callingAccount } from '../accounts.js';
import { ASSUMED } from '../assumptions.js';
import type { Operation } from '../operations/operation.js';
import { VIP_NAMESPACE, type Version } from '../schema/xml-type.js';
import type { Service } from '../services.js';
import { decodeBody } from './decode-body.js';
import { readEnvelope, SoapFault, writeEnvelope, writeFault } from './envelope.js';
import type { Performer } from './performer.js';
import type { XmlElement } from './xml.js';

/** What answers to calls depend on. */
export interface CallContext {
  readonly performer: Performer;
  readonly counters: CallCounters;
  readonly faults: FaultInjector;
}

/** Answers one POST to a service. The operation is known by the element in the body alone. */
export async function answerCall(
  { performer, counters, faults }: CallContext,
  service: Service,
  version: Version,
  request: IncomingMessage,
): Promise<Answer> {
  try {
    const element = readEnvelope(await bodyText(request));
    const operation = operationOf(service, element);
    counters.count(operation.name);
    return await faults.around(operation.name, async () => {
      const response = performer.perform(operation, element, version, callingAccount(request));
      return soapAnswer(200, writeEnvelope(inVipNamespace(response)));
    });
  } catch (error) {
    if (error instanceof SoapFault) return soapAnswer(500, writeFault(error));
    throw error;
  }
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

function soapAnswer(status: number, envelope: string): Answer {
  return textAnswer(status, envelope, 'text/xml;charset=utf-8');
}
