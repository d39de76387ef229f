/** Root fields of which every subgraph answers its part by itself. */
export const OWN = ['viewer', 'person', '_service', '_entities'];

/** Root fields that need no provider, and are there whatever is configured. */
export const LOCAL = [
  'inspectPgpKey',
  'inspectCertificate',
  'verifyPgpMessage',
  'verifySmimeMessage',
  'encryptPgpMessage',
  'encryptSmimeMessage',
];
