-- SPDX-License-Identifier: ISC
-- Citations say more: of documents that are no telegrams, by sender and time,
-- in running text; and address lines have their serial numbers. All of it is
-- read from the originals: older archives have it after `chancery reindex`.

-- Kind, notes and fault are those of telegram/telegram.h. Of a telegram that
-- is cited by sender and time the value is empty.
ALTER TABLE citation ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN fault INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN dtg INTEGER;	-- seconds since 1970, Z
ALTER TABLE citation ADD COLUMN sender TEXT;	-- key of a post or address

-- NULL: in the REF list; else which of the telegram's rows, from 0, it stands
-- in, whose label it takes to see it.
ALTER TABLE citation ADD COLUMN part INTEGER;

-- Message continuity numbers, a line each: first, last, key of the addressee.
ALTER TABLE telegram ADD COLUMN continuity TEXT;

-- Filing asks who cites a telegram in a REF list; all else is answered from
-- memory.
DROP INDEX citation_value;
CREATE INDEX citation_value ON citation (value)
	WHERE kind = 0 AND part IS NULL;
