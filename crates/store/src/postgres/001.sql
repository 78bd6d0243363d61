-- Version 1. Times are Unix seconds. Enumerations stand in burnbag-core (`code`). Plain SQL: no extension, no sequence,
-- no type that CockroachDB and YugabyteDB have under another name.

-- A secret and its receipt. Row numbers are leased and ascend; a key's tag is the encrypted row number, so no index on
-- keys is needed. No statement that ends a secret touches a column with an index.
CREATE TABLE pair (
    row           BIGINT PRIMARY KEY,
    due           BIGINT NOT NULL,   -- when the sweep must look: at expiry, then at the receipt's end
    created       BIGINT NOT NULL,
    expires       BIGINT NOT NULL,
    kind          BIGINT NOT NULL,   -- what it takes to open it
    strikes       BIGINT NOT NULL,   -- wrong openers
    fate          BIGINT,            -- NULL while it waits
    ended         BIGINT,
    claim         BYTEA,             -- who ended it
    copied        BOOLEAN NOT NULL,  -- the take that ended it left a copy
    mailed        BOOLEAN NOT NULL,  -- mails were posted with it
    account       BIGINT,            -- who made it; NULL: nobody signed in
    holder        BIGINT,            -- whose allowance it counts against, and how much
    held          BIGINT,
    notice        BIGINT,            -- what the receipt says about mail
    noticed       BIGINT,            -- a time or an SMTP reply, as `notice` says
    size          BIGINT,            -- of a content sealed on a device, as its sender says, rounded
    files         BIGINT,            -- how many there are; 0: the sender did not say; NULL: a text
    salt          BYTEA,             -- of the passphrase
    secret_check  BYTEA NOT NULL,
    receipt_check BYTEA NOT NULL,
    recipient     BYTEA,             -- sealed
    label         BYTEA,             -- sealed
    life          BYTEA,             -- the life key; NULL once it ended
    link          BYTEA,             -- sealed; NULL once it ended
    sealed        BYTEA              -- the content; NULL once it ended
);

CREATE INDEX pair_due ON pair (due);

-- What was revealed, sealed for who repeats the reveal, until its time.
CREATE TABLE kept (
    row    BIGINT PRIMARY KEY,  -- the secret that it was
    until  BIGINT NOT NULL,
    repeat BYTEA NOT NULL,      -- by what the reader who may have it again is known
    given  BOOLEAN NOT NULL,    -- he had it again, and the take cannot be undone
    life   BYTEA NOT NULL,      -- the copy's own life key
    sealed BYTEA NOT NULL
);

CREATE INDEX kept_until ON kept (until);

CREATE TABLE account (
    id          BIGINT PRIMARY KEY,    -- a number is never used again
    email       TEXT NOT NULL UNIQUE,  -- lower case
    plan        TEXT NOT NULL,
    created     BIGINT NOT NULL,
    language    TEXT,                  -- that its owner chose
    notify      BIGINT NOT NULL,       -- 1: opened, 2: expired unopened
    provisional BOOLEAN NOT NULL       -- goes when nobody accepts its invitation
);

CREATE TABLE credential (
    id      BYTEA PRIMARY KEY,  -- a hash; nothing leads back from it
    account BIGINT NOT NULL,
    kind    BIGINT NOT NULL,
    label   TEXT,               -- its owner's own name for it; API keys only
    wrapped BYTEA NOT NULL,     -- the account key
    created BIGINT NOT NULL,
    used    BIGINT,             -- last, as far as it was noted
    expires BIGINT              -- NULL: it does not end by itself
);

CREATE INDEX credential_account ON credential (account);
CREATE INDEX credential_expires ON credential (expires) WHERE expires IS NOT NULL;

-- An account's list, newest last.
CREATE TABLE listing (
    account BIGINT NOT NULL,
    created BIGINT NOT NULL,
    row     BIGINT NOT NULL,
    sealed  BYTEA NOT NULL,  -- the receipt key, under the account key
    PRIMARY KEY (account, created, row)
);

-- Mails. One with a secret is posted with it.
CREATE TABLE outbox (
    id      BYTEA PRIMARY KEY,
    kind    BIGINT NOT NULL,  -- what it is about
    row     BIGINT,           -- the secret that it is about
    account BIGINT,           -- whose it is; it goes with the account
    since   BIGINT NOT NULL,  -- when it was posted, or its occasion came
    due     BIGINT,           -- when to send it; NULL: not before its occasion
    until   BIGINT,           -- when it is given up; NULL: its occasion did not come yet
    paused  BIGINT,           -- when it was due before its secret ended
    tries   BIGINT NOT NULL,  -- picks that count, this occasion's
    pick    BIGINT NOT NULL,  -- tells whoever has a say from whoever had: counted on by each pick, word and occasion
    sealed  BYTEA NOT NULL
);

CREATE INDEX outbox_due ON outbox (due, id) WHERE due IS NOT NULL;
CREATE INDEX outbox_until ON outbox (until) WHERE until IS NOT NULL;
CREATE INDEX outbox_row ON outbox (row) WHERE row IS NOT NULL;
CREATE INDEX outbox_account ON outbox (account) WHERE account IS NOT NULL;

CREATE TABLE server_key (
    id           BYTEA PRIMARY KEY,
    check_value  BYTEA NOT NULL,
    needed_until BIGINT NOT NULL
);

CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO counter VALUES ('next_row', 0), ('last_account', 0);

-- What anonymous makers hold, in parts that add up: a row counts in the part of its number, so that many who create at
-- once do not wait for one counter.
CREATE TABLE held (
    part  BIGINT PRIMARY KEY,
    bytes BIGINT NOT NULL
);

INSERT INTO held VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0),
    (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);
