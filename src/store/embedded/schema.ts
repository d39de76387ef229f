/**
 * Counts up when a program of the version before could not use the file; kept in it, so that an older program refuses
 * it. Since 2 watches lie sealed; what version 1 has left in clear is read as it is, until it ends.
 */
export const SCHEMA_VERSION = 2;

/** The tables of the embedded stores, made where they are missing. All times are milliseconds since the epoch. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS records (
  collection TEXT NOT NULL,
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (collection, owner, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_newest ON records (collection, owner, created_at, id);
CREATE INDEX IF NOT EXISTS records_expiry ON records (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS counters (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS counters_expiry ON counters (expires_at);

CREATE TABLE IF NOT EXISTS watches (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  spec TEXT NOT NULL,
  fence INTEGER NOT NULL DEFAULT 0,
  committed_fence INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  interest_until INTEGER NOT NULL DEFAULT 0,
  only_while_subscribed INTEGER NOT NULL,
  ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS watches_active ON watches (provider, id) WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS watches_owner ON watches
  (provider, json_extract(spec, '$.owner.tenant'), json_extract(spec, '$.owner.subject'), id) WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS watches_resting ON watches (MAX(created_at, interest_until))
  WHERE ended_at IS NULL AND only_while_subscribed = 1;
CREATE INDEX IF NOT EXISTS watches_ended ON watches (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS events (
  watch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (watch, sequence)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS polls (
  provider TEXT NOT NULL,
  watch TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (provider, watch)
) WITHOUT ROWID;

PRAGMA user_version = ${SCHEMA_VERSION};
`;
