import { ProviderError } from '../../provider-error.js';
import type { Probe } from '../../providers/kit/probe.js';
import { HUNG_UP } from '../../providers/kit/tls-connector.js';
import { causeCode } from '../../providers/kit/transport-error.js';
import type { Complaint } from './finding.js';
import { sentenceOf } from './sentence.js';

const UNTRUSTED = /^(SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|CERT_UNTRUSTED|CERT_SIGNATURE_|INVALID_CA)/;

/** Why there was no connection, by the code of Node or undici. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the name of its host is not known here'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'there was no connection in time'],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, 'there is no way to its host'],
  [
    /^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL)|EPROTO)/,
    'what listens there does not speak TLS: it is another service, or another port is meant',
  ],
  [/^CERT_HAS_EXPIRED$/, 'the certificate of the server has expired'],
  [
    /^CERT_NOT_YET_VALID$/,
    'the certificate of the server is not valid yet; is the clock of this machine right?',
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'the certificate of the server is for another host'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'the server hung up: it is another service, or does not know us'],
];

const UNEXPECTED = 'what answers there is not what is expected: another service, or another path';

/** What a probe that failed says to whoever operates the program. */
export function describeRefusal(error: unknown, probe: Probe): Pick<Complaint, 'setting' | 'message'> {
  if (!(error instanceof ProviderError)) return sentenceOf(error);
  const { address, credential, authorities, what } = probe;
  const at = (setting: string, problem: string): Pick<Complaint, 'setting' | 'message'> => ({
    setting,
    message: `${setting}: ${problem} (${what}).`,
  });
  const code = causeCode(error.cause) ?? '';
  if (UNTRUSTED.test(code))
    return at(authorities, 'the certificate of the server is of an authority that is not trusted');
  if (code === HUNG_UP)
    return at(credential ?? address, 'the server hangs up when it is shown, so it does not know it');
  const reason = REASONS.find(([pattern]) => pattern.test(code))?.[1];
  if (reason !== undefined) return at(address, reason);
  switch (error.code) {
    case 'PROVIDER_UNAUTHENTICATED':
      return at(credential ?? address, 'the provider does not accept it');
    case 'PROVIDER_UNAVAILABLE':
      return at(address, `the provider cannot be used now, or has failed${code && `, ${code}`}`);
    case 'PROVIDER_TIMEOUT':
      return at(address, 'the provider did not answer in time');
    case 'PROVIDER_REJECTED':
      // A provider that says no says why.
      if (error.providerCode === undefined) return at(address, UNEXPECTED);
      return at(credential ?? address, `the provider says no: ${error.message} ${error.providerCode}`);
    case 'PROVIDER_PROTOCOL':
    case 'NOT_SUPPORTED':
    case 'NOT_FOUND':
      return at(address, UNEXPECTED);
    default:
      return at(
        credential ?? address,
        `the provider says no: ${error.message} ${error.providerCode ?? ''}`.trim(),
      );
  }
}
