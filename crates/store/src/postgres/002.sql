-- Version 2: moving to another store.

-- The last move that these data took part in. While they leave, triggers keep every node from changing them.
CREATE TABLE last_move (
    id    BIGINT PRIMARY KEY,  -- 1
    move  BYTEA NOT NULL,
    stage BIGINT NOT NULL
);
