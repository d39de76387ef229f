import type { HttpAnswer } from '../../kit/answer.js';
import { GuardError } from '../guard-error.js';
import { certificateFacts } from '../smime/certificate-facts.js';
import { readPkcs12, readPkcs7Certificates } from '../smime/read-containers.js';
import {
  addCertificate,
  certificatesOf,
  createCertificate as issueCertificate,
  deleteCertificate as removeCertificate,
  factsOf,
  findCertificate,
  openCertificate,
} from '../state/certificates.js';
import { findRecipientCertificate, holdCertificate } from '../state/recipient-certificates.js';
import type { CertificateEntry } from '../state/state.js';
import type { World } from '../state/world.js';
import { EMPTY, readablePassword, requiredPassword, requireLength, type UserCall } from './call.js';

/** S25. */
export function hasCertificates({ world, account, envelope }: UserCall): HttpAnswer {
  const has = certificatesOf(world, account).length > 0;
  return envelope.data({ hasPrivateKey: has, hasPublicKey: has });
}

/** S26. */
export async function deleteCertificate(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params } = call;
  const entry = findCertificate(world, account, params.text('serial'));
  await openCertificate(world, account, entry, requiredPassword(call).text);
  removeCertificate(world, account, entry);
  return EMPTY;
}

/** S27. */
export function getCertificates({ world, account, envelope }: UserCall): HttpAnswer {
  const certificates = certificatesOf(world, account).map((entry) => describe(world, entry));
  return envelope.data({ certificates });
}

/** S28. */
export async function getRecipientCertificate(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope } = call;
  const certificate = await findRecipientCertificate(world, account, params.text('email'));
  if (certificate === undefined) return envelope.data(null);
  const { serial, certifier, expires, expired } = factsOf(world, { certificate });
  return envelope.data({ serial, certifier, expires, expired });
}

/** S29. */
export async function uploadCertificate(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope } = call;
  const file = params.file('certificate');
  const next = requireLength(params.text('newPassword'));
  const identity = await readPkcs12(file, params.find('password') ?? '');
  const entry = addCertificate(world, account, identity, next);
  return envelope.data({ certificates: [describe(world, entry)] });
}

/** S30: authorities that come with the bundle have no address and are left out. */
export function uploadRecipientCertificate({ world, account, params, envelope }: UserCall): HttpAnswer {
  const facts = readPkcs7Certificates(params.file('certificate')).map((certificate) => ({
    certificate,
    ...certificateFacts(certificate, world.clock.now()),
  }));
  const ofRecipients = facts.filter(({ email }) => email !== '');
  if (ofRecipients.length === 0) throw new GuardError('unreadableKey');
  for (const { certificate } of ofRecipients) holdCertificate(world, account, certificate);
  return envelope.data({
    certificates: ofRecipients.map(({ certificate: _pem, ...fact }) => ({ ...fact, current: !fact.expired })),
  });
}

/** S31. */
export function canCreateCertificate({ account, envelope }: UserCall): HttpAnswer {
  if (account.canCreateCertificates) return envelope.data({ available: true, message: null });
  return envelope.data({ available: false, message: 'No PKI service is configured for this user.' });
}

/** S32. */
export async function createCertificate(call: UserCall): Promise<HttpAnswer> {
  const { world, account, envelope } = call;
  const password = requireLength(readablePassword(call));
  if (!account.canCreateCertificates) throw new GuardError('noCertificateService');
  return envelope.data(describe(world, await issueCertificate(world, account, password)));
}

function describe(world: World, entry: CertificateEntry): unknown {
  return { ...factsOf(world, entry), current: entry.current };
}
