import { registerEnumType } from 'type-graphql';

/** The five providers, by the name of their subgraph in capitals. */
export enum Provider {
  SAFEBOX = 'SAFEBOX',
  MESSAGING2FA = 'MESSAGING2FA',
  VIPIDENTITY = 'VIPIDENTITY',
  XQKEYS = 'XQKEYS',
  GUARDCRYPTO = 'GUARDCRYPTO',
}

registerEnumType(Provider, {
  name: 'Provider',
  description: 'A secure-messaging provider behind this graph.',
  valuesConfig: {
    SAFEBOX: { description: 'XMedius SendSecure: files and messages in time-limited boxes.' },
    MESSAGING2FA: { description: "PassBy[ME]: ask a person's phone to approve something." },
    VIPIDENTITY: { description: 'Symantec VIP: users, credentials, one-time codes, push, risk.' },
    XQKEYS: { description: 'XQ Message: create, share and revoke encryption keys.' },
    GUARDCRYPTO: { description: 'OX Guard: PGP and S/MIME keys, certificates, mail crypto.' },
  },
});
