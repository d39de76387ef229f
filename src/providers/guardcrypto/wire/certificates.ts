import { z } from 'zod';
import { readable } from '../../kit/odd-parts.js';
import { flag, instant, orNull, serial, text } from './values.js';

const facts = { serial, certifier: text, expires: orNull(instant), expired: z.boolean() };

/** `Certificate`. */
export const certificate = z.object({ ...facts, email: text, current: flag });

/** `CertificateList`. */
export const certificateList = z.object({ certificates: readable(certificate) });

/** `RecipientCertificate`; null when none is known. */
export const recipientCertificate = orNull(z.object(facts));

/** `CertificateCreation`. */
export const certificateCreation = z.object({ available: z.boolean(), message: text });

export type Certificate = z.infer<typeof certificate>;
export type RecipientCertificate = NonNullable<z.infer<typeof recipientCertificate>>;
