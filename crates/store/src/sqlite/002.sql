-- Version 2: sealing on devices, labels, and the copy that is kept for a while after a reveal.

ALTER TABLE pair ADD COLUMN label BLOB;     -- sealed
ALTER TABLE pair ADD COLUMN size INTEGER;   -- of a content sealed on a device, as its sender says, rounded
ALTER TABLE pair ADD COLUMN files INTEGER;  -- how many there are; 0: the sender did not say; NULL: a text

-- What was revealed, sealed for who repeats the reveal, until its time.
CREATE TABLE kept (
    life   INTEGER PRIMARY KEY,     -- the leased row whose life key is the copy's
    row    INTEGER NOT NULL UNIQUE, -- the secret that it was
    until  INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX kept_until ON kept (until);
