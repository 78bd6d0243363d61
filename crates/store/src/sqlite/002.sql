-- Version 2: sealing on devices, labels, and the copy that is kept for a while after a reveal.

ALTER TABLE pair ADD COLUMN label BLOB;     -- sealed
ALTER TABLE pair ADD COLUMN size INTEGER;   -- of a content sealed on a device, as its sender says, rounded
ALTER TABLE pair ADD COLUMN files INTEGER;  -- how many there are; 0: the sender did not say; NULL: a text
ALTER TABLE pair ADD COLUMN copied INTEGER; -- 1: the take that ended it left a copy

-- What was revealed, sealed for who repeats the reveal, until its time.
CREATE TABLE kept (
    life   INTEGER PRIMARY KEY,     -- the leased row whose life key is the copy's
    row    INTEGER NOT NULL UNIQUE, -- the secret that it was
    until  INTEGER NOT NULL,
    repeat BLOB NOT NULL,           -- by what the reader who may have it again is known
    given  INTEGER NOT NULL,        -- 1: he had it again, and the take cannot be undone
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX kept_until ON kept (until);
