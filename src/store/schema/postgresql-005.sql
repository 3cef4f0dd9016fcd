-- SPDX-License-Identifier: ISC
-- Citations say more, and address lines have their serial numbers; what each
-- column is for stands in sqlite-005.sql.

-- Who comes to read must not wait behind us for who reads already: the
-- tables are asked for briefly, and the whole is tried again.
SET LOCAL lock_timeout = '40ms';

ALTER TABLE citation ADD COLUMN kind SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN fault SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN dtg BIGINT;
ALTER TABLE citation ADD COLUMN sender TEXT COLLATE "C";
ALTER TABLE citation ADD COLUMN part INTEGER;

ALTER TABLE telegram ADD COLUMN continuity TEXT COLLATE "C";

DROP INDEX citation_value;
CREATE INDEX citation_value ON citation (value)
	WHERE kind = 0 AND part IS NULL;
