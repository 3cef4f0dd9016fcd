-- SPDX-License-Identifier: ISC
-- Saved searches. What people keep, so `chancery reindex` leaves it alone.
-- Each belongs to one reader, by their label (empty: the owner), so that nobody
-- learns from names or words what others look for.

CREATE TABLE saved (
	id	INTEGER PRIMARY KEY,
	reader	TEXT NOT NULL,
	name	TEXT NOT NULL,
	query	TEXT NOT NULL,		-- as typed
	made	INTEGER NOT NULL,	-- seconds since 1970, Z
	told	INTEGER NOT NULL,	-- when news of it were told; 0: never
	known	BLOB NOT NULL,		-- a bit for each original that was found
					-- then: number n is bit n % 8 of byte
					-- n / 8
	UNIQUE (reader, name)
);
