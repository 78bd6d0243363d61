-- Version 1. Times are Unix seconds. Enumerations stand in burnbag-core (`code`).

-- A secret and its receipt. Row numbers are leased and ascend, so inserts append; a key's tag is the encrypted
-- row number, so no index on keys is needed.
CREATE TABLE pair (
    row           INTEGER PRIMARY KEY,
    due           INTEGER NOT NULL,  -- when the sweep must look: at expiry, then at the receipt's end
    created       INTEGER NOT NULL,
    expires       INTEGER NOT NULL,
    kind          INTEGER NOT NULL,  -- what it takes to open it
    strikes       INTEGER NOT NULL,  -- wrong openers
    fate          INTEGER,           -- NULL while it waits
    ended         INTEGER,
    claim         BLOB,              -- who ended it
    account       INTEGER,           -- who made it; NULL: nobody signed in
    holder        INTEGER,           -- whose allowance it counts against, and how much
    held          INTEGER,
    notice        INTEGER,           -- what the receipt says about mail
    salt          BLOB,              -- of the passphrase
    secret_check  BLOB NOT NULL,
    receipt_check BLOB NOT NULL,
    recipient     BLOB,              -- sealed
    link          BLOB,              -- sealed; NULL once it ended
    sealed        BLOB               -- the content; NULL once it ended
) STRICT;

CREATE INDEX pair_due ON pair (due);

CREATE TABLE account (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,  -- a number is never used again
    email   TEXT NOT NULL UNIQUE,               -- lower case
    plan    TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE credential (
    id      BLOB PRIMARY KEY,     -- a hash; nothing leads back from it
    account INTEGER NOT NULL REFERENCES account (id),
    wrapped BLOB NOT NULL,        -- the account key
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX credential_account ON credential (account);

-- An account's list, newest last.
CREATE TABLE listing (
    account INTEGER NOT NULL,
    created INTEGER NOT NULL,
    row     INTEGER NOT NULL,
    sealed  BLOB NOT NULL,        -- the receipt key, under the account key
    PRIMARY KEY (account, created, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE server_key (
    id           BLOB PRIMARY KEY,
    check_value  BLOB NOT NULL,
    needed_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter VALUES ('next_row', 0), ('held', 0);

-- Rows whose end was committed but whose life keys may still stand in the file `keys`: written with the end, replaced
-- by the next, finished by the next start after a crash. One row for each writer.
CREATE TABLE ending (
    writer INTEGER PRIMARY KEY,
    rows   BLOB NOT NULL          -- numbers, eight bytes each, big-endian
) STRICT;
