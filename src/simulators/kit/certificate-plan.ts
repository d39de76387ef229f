/** Which certificates a simulator needs. */
export interface CertificatePlan<Label extends string = string> {
  /** Common name of the certification authority. */
  readonly authority: string;
  /** DNS names of the server besides `localhost`; the address 127.0.0.1 is always named. */
  readonly serverNames: readonly string[];
  /** By label, which also names the files. */
  readonly clients: Readonly<Record<Label, ClientCertificatePlan>>;
}

export interface ClientCertificatePlan {
  readonly commonName: string;
  /** The `serialNumber` attribute of the subject; not the number of the certificate. */
  readonly serialNumber?: string;
  /** Default `EC-P-256`: finding an RSA key takes a noticeable part of a second. */
  readonly key?: 'EC-P-256' | 'RSA-2048';
  /** Signed by an authority which the server does not trust. */
  readonly foreign?: boolean;
}
