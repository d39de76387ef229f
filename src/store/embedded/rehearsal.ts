/**
 * Of one connection, and not of the file: writes what a thing that is made and watched takes in every table and index,
 * and removes it. In one statement, because every command makes one.
 */
export const REHEARSAL = `
PRAGMA temp_store = MEMORY;
CREATE TEMP VIEW rehearsal AS SELECT '' AS id, '' AS owner, 0 AS at;
CREATE TEMP TRIGGER rehearse INSTEAD OF INSERT ON rehearsal BEGIN
  INSERT INTO watches (id, provider, spec, created_at, only_while_subscribed)
    VALUES (new.id, 'rehearsal', '{}', new.at, 1);
  UPDATE watches SET ended_at = new.at WHERE id = new.id;
  INSERT INTO events (watch, sequence, event) VALUES (new.id, 1, '');
  INSERT INTO polls (provider, watch, due_at) VALUES ('rehearsal', new.id, new.at);
  INSERT INTO records (collection, owner, id, value, created_at, expires_at)
    VALUES ('rehearsal', new.owner, new.id, '', new.at, new.at);
  DELETE FROM records WHERE collection = 'rehearsal' AND owner = new.owner AND id = new.id;
  DELETE FROM polls WHERE provider = 'rehearsal' AND watch = new.id;
  DELETE FROM events WHERE watch = new.id;
  DELETE FROM watches WHERE id = new.id;
END;
`;
