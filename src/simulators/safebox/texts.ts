import type { EventName } from './assumptions.js';

// The first block of each language holds sentences of the provider (dossier sections 2.3 and 4.1, in French our
// translation); the second those that no source states.
const EN = {
  accessDenied: 'Access denied',
  notFound: 'The requested URL cannot be found.',
  incorrect: 'Some entered values are incorrect.',
  blank: 'cannot be blank',
  invalidCredentials: 'invalid credentials',
  userEmailNotFound: 'User email not found',
  invalidPerPage: 'Invalid per_page parameter value ({value})',
  updated: 'SafeBox successfully updated.',
  extended: 'SafeBox duration successfully extended.',
  extendFailed: 'Unable to extend the SafeBox duration.',
  closed: 'SafeBox successfully closed.',
  closeFailed: 'Unable to close the SafeBox.',
  contentDeleted: 'SafeBox content successfully deleted.',
  contentDeleteFailed: 'Unable to delete the SafeBox content.',
  markReadFailed: 'Unable to mark the SafeBox as Read.',
  markUnreadFailed: 'Unable to mark the SafeBox as Unread.',
  markMessageReadFailed: 'Unable to mark the message as read.',
  markMessageUnreadFailed: 'Unable to mark the message as unread.',
  followed: 'The SafeBox is now followed.',
  unfollowed: 'The SafeBox is now unfollowed.',
  archived: 'SafeBox successfully archived',
  archiveFailed: 'Unable to add Safebox to Archives',
  unarchived: 'SafeBox successfully removed from Archives',
  unarchiveFailed: 'Unable to remove Safebox from Archives',

  invalid: 'is invalid',
  taken: 'has already been taken',
  notModifiable: 'cannot be modified',
  malformedBody: 'The request body is not valid.',
  bodyTooLarge: 'The request body is too large.',
  invalidPage: 'Invalid page parameter value ({value})',
  invalidStatus: 'Invalid status parameter value ({value})',
  invalidTerm: 'Invalid term parameter value ({value})',
  updateFailed: 'Unable to update the SafeBox.',
  consentNeeded: 'The consent message must be accepted.',
  unexpectedError: 'An unexpected error occurred.',
  invalidAccount: 'invalid permalink',
  missingField: 'missing {value}',
  oneTimePasswordNeeded: 'one-time password needed',
  fileMissing: 'No file was received.',
  fileTooLarge: 'The file is too large.',
  fileTypeRefused: 'This type of file is not allowed.',
  fileInfected: 'The file contains a virus.',
} as const;

/** Every sentence the provider says to a client. */
export type TextKey = keyof typeof EN;

type Texts = Readonly<Record<TextKey, string>>;
type EventTexts = Readonly<Record<EventName, string>>;

const FR: Texts = {
  accessDenied: 'Accès refusé',
  notFound: "L'adresse demandée est introuvable.",
  incorrect: 'Certaines valeurs saisies sont incorrectes.',
  blank: 'doit être rempli(e)',
  invalidCredentials: 'identifiants invalides',
  userEmailNotFound: "Adresse de l'utilisateur introuvable",
  invalidPerPage: 'Valeur du paramètre per_page invalide ({value})',
  updated: 'SafeBox mise à jour.',
  extended: 'Durée de la SafeBox prolongée.',
  extendFailed: 'Impossible de prolonger la durée de la SafeBox.',
  closed: 'SafeBox fermée.',
  closeFailed: 'Impossible de fermer la SafeBox.',
  contentDeleted: 'Contenu de la SafeBox supprimé.',
  contentDeleteFailed: 'Impossible de supprimer le contenu de la SafeBox.',
  markReadFailed: 'Impossible de marquer la SafeBox comme lue.',
  markUnreadFailed: 'Impossible de marquer la SafeBox comme non lue.',
  markMessageReadFailed: 'Impossible de marquer le message comme lu.',
  markMessageUnreadFailed: 'Impossible de marquer le message comme non lu.',
  followed: 'La SafeBox est maintenant suivie.',
  unfollowed: "La SafeBox n'est plus suivie.",
  archived: 'SafeBox archivée',
  archiveFailed: "Impossible d'ajouter la SafeBox aux archives",
  unarchived: 'SafeBox retirée des archives',
  unarchiveFailed: 'Impossible de retirer la SafeBox des archives',

  invalid: "n'est pas valide",
  taken: 'est déjà utilisé(e)',
  notModifiable: 'ne peut pas être modifié(e)',
  malformedBody: "Le corps de la requête n'est pas valide.",
  bodyTooLarge: 'Le corps de la requête est trop grand.',
  invalidPage: 'Valeur du paramètre page invalide ({value})',
  invalidStatus: 'Valeur du paramètre status invalide ({value})',
  invalidTerm: 'Valeur du paramètre term invalide ({value})',
  updateFailed: 'Impossible de mettre à jour la SafeBox.',
  consentNeeded: 'Le message de consentement doit être accepté.',
  unexpectedError: "Une erreur inattendue s'est produite.",
  invalidAccount: 'permalien invalide',
  missingField: '{value} manquant',
  oneTimePasswordNeeded: 'mot de passe à usage unique requis',
  fileMissing: "Aucun fichier n'a été reçu.",
  fileTooLarge: 'Le fichier est trop grand.',
  fileTypeRefused: "Ce type de fichier n'est pas permis.",
  fileInfected: 'Le fichier contient un virus.',
};

const EN_EVENTS: EventTexts = {
  created: 'SafeBox created by {email} with {count} attachment(s) from {ip}',
  repliedByGuest: '{email} replied with {count} attachment(s) from {ip}',
  repliedByOwner: '{email} replied with {count} attachment(s) from {ip}',
  guestLoggedIn: '{email} logged in from {ip}',
  downloadedByGuest: '{email} downloaded {name} from {ip}',
  guestRevoked: 'The access of {email} was revoked',
  participantAdded: '{email} was added as a participant',
  emailBounced: 'The notification email to {email} could not be delivered',
  extended: 'The SafeBox expiration was extended to {date}',
  closedByOwner: 'SafeBox closed by {email} from {ip}',
  closedByTime: 'SafeBox closed automatically',
  contentDeletedByOwner: 'SafeBox content deleted by {email} from {ip}',
  contentDeletedByTime: 'SafeBox content deleted automatically',
};

const FR_EVENTS: EventTexts = {
  created: 'SafeBox créée par {email} avec {count} pièce(s) jointe(s) depuis {ip}',
  repliedByGuest: '{email} a répondu avec {count} pièce(s) jointe(s) depuis {ip}',
  repliedByOwner: '{email} a répondu avec {count} pièce(s) jointe(s) depuis {ip}',
  guestLoggedIn: "{email} s'est connecté(e) depuis {ip}",
  downloadedByGuest: '{email} a téléchargé {name} depuis {ip}',
  guestRevoked: "L'accès de {email} a été révoqué",
  participantAdded: '{email} a été ajouté(e) comme participant',
  emailBounced: "Le courriel à {email} n'a pas pu être livré",
  extended: "L'expiration de la SafeBox a été reportée au {date}",
  closedByOwner: 'SafeBox fermée par {email} depuis {ip}',
  closedByTime: 'SafeBox fermée automatiquement',
  contentDeletedByOwner: 'Contenu de la SafeBox supprimé par {email} depuis {ip}',
  contentDeletedByTime: 'Contenu de la SafeBox supprimé automatiquement',
};

/** Whom the provider can speak to in their language. */
export type Locale = 'en' | 'fr';

/** The language of a `locale` query parameter; English for those the simulator does not speak. */
export function localeOf(wanted: string | null): Locale {
  return wanted?.toLowerCase().startsWith('fr') === true ? 'fr' : 'en';
}

/** @param value what stands for `{value}` in the sentence. */
export function text(locale: Locale, key: TextKey, value = ''): string {
  return (locale === 'fr' ? FR : EN)[key].replace('{value}', () => value);
}

/** The full sentence of one event of the history. */
export function eventText(
  locale: Locale,
  name: EventName,
  details: Readonly<Record<string, string | number>>,
): string {
  const template = (locale === 'fr' ? FR_EVENTS : EN_EVENTS)[name];
  return template.replace(/\{(\w+)\}/g, (_, word: string) => String(details[word] ?? ''));
}
