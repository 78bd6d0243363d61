-- Version 5: moving to another store.

-- The last move that these data took part in. While they leave, triggers keep every process from changing them.
CREATE TABLE last_move (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    move  BLOB NOT NULL,
    stage INTEGER NOT NULL
) STRICT;
