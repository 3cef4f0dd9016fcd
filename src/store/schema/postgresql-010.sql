-- SPDX-License-Identifier: ISC
-- Dictionaries; what each column is for stands in sqlite-010.sql.

CREATE TABLE dictionary (
	id	INTEGER NOT NULL,
	copy	INTEGER NOT NULL,
	kind	INTEGER NOT NULL,
	sha256	BYTEA NOT NULL,
	data	BYTEA NOT NULL,
	PRIMARY KEY (id, copy)
);
ALTER TABLE dictionary ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE likeness ADD COLUMN codec INTEGER NOT NULL DEFAULT 0;
ALTER TABLE likeness ADD COLUMN packed BYTEA;
ALTER TABLE likeness ALTER COLUMN packed SET STORAGE EXTERNAL;
