import { MalformedXml, parseXml, escapeXml, type XmlElement } from './xml.js';

const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';

/** What was sent is no SOAP message; the answer is a fault. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';

  constructor(
    readonly faultCode: 'Client' | 'VersionMismatch',
    message: string,
  ) {
    super(message);
  }
}

/** The one element in the body of a SOAP 1.1 message. @throws SoapFault */
export function readEnvelope(document: string): XmlElement {
  const envelope = parse(document);
  if (envelope.name !== 'Envelope') throw new SoapFault('Client', 'The message has no Envelope.');
  if (envelope.namespace !== SOAP_NAMESPACE)
    throw new SoapFault('VersionMismatch', 'The message is not of SOAP 1.1.');
  const body = envelope.children.find(
    ({ name, namespace }) => name === 'Body' && namespace === SOAP_NAMESPACE,
  );
  const [element, ...others] = body?.children ?? [];
  if (element === undefined || others.length > 0)
    throw new SoapFault('Client', 'The Body must hold exactly one element.');
  return element;
}

/** A message as the service writes it: prefix `S`, no header, nothing between elements. */
export function writeEnvelope(body: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="${SOAP_NAMESPACE}"><S:Body>${body}</S:Body></S:Envelope>`;
}

export function writeFault({ faultCode, message }: SoapFault): string {
  return writeEnvelope(
    `<S:Fault><faultcode>S:${faultCode}</faultcode><faultstring>${escapeXml(message)}</faultstring></S:Fault>`,
  );
}

function parse(document: string): XmlElement {
  try {
    return parseXml(document);
  } catch (error) {
    if (error instanceof MalformedXml) throw new SoapFault('Client', 'The message is not well-formed XML.');
    throw error;
  }
}
