import type { Access } from './access.js';
import type { Api } from './api.js';
import type { PasswordSealer } from './password-sealer.js';
import {
  certificate,
  certificateCreation,
  certificateList,
  recipientCertificate,
} from './wire/certificates.js';
import type { Certificate, RecipientCertificate } from './wire/certificates.js';

/** S/MIME certificates (dossier 2.4). */
export interface CertificateCalls {
  list(access: Access): Promise<readonly Certificate[]>;
  /** Null when none is known. */
  ofRecipient(access: Access, email: string): Promise<RecipientCertificate | null>;
  /** Whether the server can make one. */
  canCreate(access: Access): Promise<boolean>;
  create(access: Access, password: string): Promise<Certificate>;
  /** @param passwords that of the file, and the one the key is kept with */
  upload(
    access: Access,
    pkcs12: Uint8Array,
    passwords: { readonly file: string; readonly stored: string },
  ): Promise<readonly Certificate[]>;
  uploadOfRecipients(access: Access, pkcs7: Uint8Array): Promise<readonly Certificate[]>;
  /** For good: nothing keeps a copy. */
  delete(access: Access, serial: string, password: string): Promise<void>;
}

export function certificateCalls(api: Api, sealer: PasswordSealer): CertificateCalls {
  return {
    async list(access) {
      return (await api.call('getCertificates', access, {})).data(certificateList).certificates;
    },
    async ofRecipient(access, email) {
      return (await api.call('getRecipientCertificate', access, { email })).data(recipientCertificate);
    },
    async canCreate(access) {
      return (await api.call('canCreateCertificate', access, {})).data(certificateCreation).available;
    },
    async create(access, password) {
      return (await api.call('createCertificate', access, { password })).data(certificate);
    },
    async upload(access, bytes, { file, stored }) {
      const part = { bytes, filename: 'certificate.p12', contentType: 'application/x-pkcs12' };
      const values = { certificate: part, password: file, newPassword: stored };
      return (await api.call('uploadCertificate', access, values)).data(certificateList).certificates;
    },
    async uploadOfRecipients(access, bytes) {
      const part = { bytes, filename: 'certificates.p7b', contentType: 'application/x-pkcs7-certificates' };
      const answer = await api.call('uploadRecipientCertificate', access, { certificate: part });
      return answer.data(certificateList).certificates;
    },
    async delete(access, serial, password) {
      (await sealer.call('deleteCertificate', access, { serial }, password)).done();
    },
  };
}
