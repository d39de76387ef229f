/** Queries and subscriptions. */
export const READ = 'guardcrypto:read';
/** Changes to keys, certificates, passwords and tokens; encrypting mails. */
export const WRITE = 'guardcrypto:write';
/** Private rings in answers. */
export const PRIVATE = 'guardcrypto:private';
/** The provider's authentication tokens in answers. */
export const TOKEN = 'guardcrypto:token';
/** Work for other users: the support API, mails on behalf of somebody. */
export const ADMIN = 'guardcrypto:admin';
