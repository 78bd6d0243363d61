-- Version 4: mails that wait to be sent, what a receipt tells of them, and accounts that somebody asked for himself.

-- Mails. One with a secret is posted with it.
CREATE TABLE outbox (
    id      BLOB PRIMARY KEY,
    kind    INTEGER NOT NULL,  -- what it is about
    row     INTEGER,           -- the secret that it is about
    account INTEGER,           -- whose it is; it goes with the account
    since   INTEGER NOT NULL,  -- when it was posted, or its occasion came
    due     INTEGER,           -- when to send it; NULL: not before its occasion
    until   INTEGER,           -- when it is given up; NULL: its occasion did not come yet
    paused  INTEGER,           -- when it was due before its secret ended
    tries   INTEGER NOT NULL,  -- picks that count, this occasion's
    pick    INTEGER NOT NULL,  -- tells whoever has a say from whoever had: counted on by each pick, word and occasion
    -- So much that `sealed` begins on a page of its own, which is overwritten when it is freed. In a page that it shares
    -- with others, SQLite leaves pieces of what it moved.
    filler  BLOB NOT NULL DEFAULT (zeroblob(1002)),
    sealed  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (due, id) WHERE due IS NOT NULL;
CREATE INDEX outbox_until ON outbox (until) WHERE until IS NOT NULL;
CREATE INDEX outbox_row ON outbox (row) WHERE row IS NOT NULL;
CREATE INDEX outbox_account ON outbox (account) WHERE account IS NOT NULL;

ALTER TABLE pair ADD COLUMN noticed INTEGER;    -- a time or an SMTP reply, as `notice` says
ALTER TABLE pair ADD COLUMN mails INTEGER;      -- 1: mails were posted with it
ALTER TABLE account ADD COLUMN notify INTEGER NOT NULL DEFAULT 0;      -- 1: opened, 2: expired unopened
ALTER TABLE account ADD COLUMN provisional INTEGER NOT NULL DEFAULT 0; -- 1: goes when nobody accepts its invitation
