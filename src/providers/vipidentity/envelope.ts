import { SaxesParser } from 'saxes';
import type { OperationName } from './operations.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
/** Of all messages and their elements (dossier section 1.2). */
const VIP = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

/** Deeper than any answer that is described. */
const MAX_DEPTH = 16;

/**
 * What keeps an envelope from being the answer to this operation; undefined when it is one. The library reads elements by
 * their local names alone, so that those of anybody else would count as the service's own.
 */
export function findFault(text: string, operation: OperationName): string | undefined {
  const path: string[] = [];
  let answers = 0;
  const wanted = `${VIP} ${operation.charAt(0).toUpperCase()}${operation.slice(1)}Response`;
  const parser = new SaxesParser({ xmlns: true, position: false });
  const stop = (reason: string): never => {
    throw new Unusable(reason);
  };
  parser.on('error', () => stop('the answer is not XML'));
  // Nothing of the service needs a document type, and what one declares could be anything.
  parser.on('doctype', () => stop('the answer has a document type'));
  parser.on('opentag', ({ uri, local }) => {
    const name = `${uri} ${local}`;
    const [envelope, part, answer] = [...path, name];
    if (envelope !== `${SOAP} Envelope`) stop('the answer is no envelope');
    if (path.length === 2 && part === `${SOAP} Body`) {
      answers += 1;
      if (answer !== wanted) stop('the body holds something else than the answer to this operation');
    }
    if (path.length > 2 && part === `${SOAP} Body` && uri !== VIP) stop('an element of a foreign namespace');
    if (path.push(name) > MAX_DEPTH) stop('the answer is nested too deeply');
  });
  parser.on('closetag', () => path.pop());
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Unusable) return error.message;
    throw error;
  }
  return answers === 1 ? undefined : 'the body does not hold one answer';
}

class Unusable extends Error {}
