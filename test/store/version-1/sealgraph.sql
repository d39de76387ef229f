-- What a program of store version 1 has left in sealgraph.db.
CREATE TABLE records (
  collection TEXT NOT NULL,
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (collection, owner, id)
) WITHOUT ROWID;
CREATE INDEX records_newest ON records (collection, owner, created_at, id);
CREATE INDEX records_expiry ON records (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX counters_expiry ON counters (expires_at);
CREATE TABLE watches (
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
CREATE INDEX watches_active ON watches (provider, id) WHERE ended_at IS NULL;
CREATE INDEX watches_owner ON watches
  (provider, json_extract(spec, '$.owner.tenant'), json_extract(spec, '$.owner.subject'), id) WHERE ended_at IS NULL;
CREATE INDEX watches_resting ON watches (MAX(created_at, interest_until))
  WHERE ended_at IS NULL AND only_while_subscribed = 1;
CREATE INDEX watches_ended ON watches (ended_at) WHERE ended_at IS NOT NULL;
CREATE TABLE events (
  watch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (watch, sequence)
) WITHOUT ROWID;
CREATE TABLE polls (
  provider TEXT NOT NULL,
  watch TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (provider, watch)
) WITHOUT ROWID;
INSERT INTO records (collection, owner, id, value, created_at, expires_at) VALUES ('test.thing', 'acme/alice', 'r1', 'v1.old.27FsoXnzGBvcPX_9wdGWQ-M56fiJT3XtDYCq5HVOkP8amHBmiyt36hr4uieJTx7XL4oyeh3-aCyCY8nd.kKuwcG3-L-pJi_3jXME7ltQ5jiHha6vd-dlfEvG_3G-vGT4', 1772359200000, 4070908800000);
INSERT INTO watches (id, provider, spec, fence, committed_fence, created_at, interest_until, only_while_subscribed, ended_at) VALUES ('test.thing~7wazA-7nBbOe1Gt2C3wi_RDBDNNFfJi1Mv5A90pQT_o', 'test', '{"id":"test.thing~7wazA-7nBbOe1Gt2C3wi_RDBDNNFfJi1Mv5A90pQT_o","kind":"test.thing","provider":"test","owner":{"tenant":"acme","subject":"alice"},"key":"to ana@example.com","createdAt":1772359200000}', 1, 1, 1772359200000, 0, 0, NULL);
INSERT INTO watches (id, provider, spec, fence, committed_fence, created_at, interest_until, only_while_subscribed, ended_at) VALUES ('test.thing~aI-mr0q4NCCwVIfTMF5HH-hNIStODmqzga2fPc57vMU', 'test', '{"id":"test.thing~aI-mr0q4NCCwVIfTMF5HH-hNIStODmqzga2fPc57vMU","kind":"test.thing","provider":"test","owner":{"tenant":"acme","subject":"alice"},"key":"to bo@example.com","createdAt":1772359200000}', 0, 0, 1772359200000, 0, 0, 1772359200000);
INSERT INTO events (watch, sequence, event) VALUES ('test.thing~7wazA-7nBbOe1Gt2C3wi_RDBDNNFfJi1Mv5A90pQT_o', 1, '{"observedAt":1772359200000,"source":"COMMAND","terminal":false,"changes":[">asked ana@example.com"],"state":{"status":"asked ana@example.com","count":1}}');
INSERT INTO events (watch, sequence, event) VALUES ('test.thing~7wazA-7nBbOe1Gt2C3wi_RDBDNNFfJi1Mv5A90pQT_o', 2, '{"observedAt":1772359200000,"source":"COMMAND","terminal":false,"changes":["asked ana@example.com>seen by ana@example.com"],"state":{"status":"seen by ana@example.com","count":2}}');
INSERT INTO events (watch, sequence, event) VALUES ('test.thing~aI-mr0q4NCCwVIfTMF5HH-hNIStODmqzga2fPc57vMU', 1, '{"observedAt":1772359200000,"source":"COMMAND","terminal":true,"endReason":"FINISHED","changes":[">done"],"state":{"status":"done","count":1}}');
INSERT INTO polls (provider, watch, due_at) VALUES ('test', 'test.thing~7wazA-7nBbOe1Gt2C3wi_RDBDNNFfJi1Mv5A90pQT_o', 1772359200055);
PRAGMA user_version = 1;
