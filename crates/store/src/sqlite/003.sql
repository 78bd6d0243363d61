-- Version 3: passwords, sessions and invitations beside API keys. What was there before is an API key without a label.

ALTER TABLE credential ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE credential ADD COLUMN label TEXT;      -- its owner's own name for it; API keys only
ALTER TABLE credential ADD COLUMN used INTEGER;    -- last, as far as it was noted
ALTER TABLE credential ADD COLUMN expires INTEGER; -- NULL: it does not end by itself
ALTER TABLE account ADD COLUMN language TEXT;      -- that its owner chose

CREATE INDEX credential_expires ON credential (expires) WHERE expires IS NOT NULL;
