const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What no source states and the simulator had to choose (dossier section 8 and its marks "assumed"). */
export const ASSUMED = {
  lifetimes: {
    preAuthMs: 15 * MINUTE_MS,
    accessMs: 24 * HOUR_MS,
    dashboardMs: 24 * HOUR_MS,
    delegateMs: 5 * MINUTE_MS,
    combinedMs: 10 * MINUTE_MS,
    /** Between the two steps of storing a key; a packet is good for one storing. */
    packetMs: 10 * MINUTE_MS,
    /** Of a key whose request names none. */
    keyHours: 24,
  },
  /** `iss` of the tokens; those of the dashboard are published. */
  issuers: {
    preauth: 'preauth',
    access: 'xq',
    delegate: 'delegate',
    combined: 'combined',
    'preauth-dashboard': 'preauth-dashboard',
    dashboard: 'dashboard',
  },
  statuses: {
    malformed: 400,
    badPacket: 400,
    unauthorized: 401,
    forbidden: 403,
    keyGone: 404,
    unknownPath: 404,
    wrongMethod: 405,
    aliasOfRegisteredUser: 409,
    /** A PIN that has done its work, or is not needed any more; a wrong one is `unauthorized`. */
    usedCode: 409,
    keyExpired: 410,
  },
  /** How far `ts` of a certificate login may be from the server's time. */
  certificateToleranceMs: 5 * MINUTE_MS,
  /** From here trusted logins come: this machine and private networks. */
  trustedRanges: [
    '127.0.0.0/8',
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '::1/128',
    'fc00::/7',
    'fe80::/10',
  ],
  deviceDomain: 'trusted.local',
  /** Number of the packet type `msg`, for which none is published. */
  messageType: 3,
  databaseType: 5,
  /** Only the first was ever seen. */
  actions: {
    fetch: 'val://fetchkey',
    revokeKey: 'val://revokekey',
    grant: 'val://grant',
    revoke: 'val://revoke',
    expire: 'val://expired',
    create: 'sub://packet',
  },
  /** `threat` of an ordinary event or communication: good. */
  threat: 1,
  /** Items on a page of communications or events when the request does not say. */
  pageSize: 100,
  mailDelayMs: 3000,
  /** Bits of entropy when the request does not say, and the most it may ask for. */
  entropyBits: { fallback: 256, max: 65_536 },
} as const;
