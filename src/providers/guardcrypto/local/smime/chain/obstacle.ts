import type { ReadableCertificate } from '../readable-certificate.js';
import { extensionProblem } from './extensions.js';

/** What a certificate has that makes it impossible to go by, whatever it is for; undefined: nothing. */
export function obstacleIn(certificate: ReadableCertificate): string | undefined {
  return certificate.hasOwnCurve ? 'a curve described instead of named' : extensionProblem(certificate);
}
