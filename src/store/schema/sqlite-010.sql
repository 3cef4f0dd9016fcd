-- SPDX-License-Identifier: ISC
-- What originals and lists of names are packed by. Telegrams are short and
-- much alike: with what they share beforehand they take a quarter less.
-- All that is packed by a dictionary is lost with it, so each is kept twice.
-- It holds passages of telegrams: it is never given out but with the archive.

CREATE TABLE dictionary (
	id	INTEGER NOT NULL,	-- from 2: the codec of what it packs
	copy	INTEGER NOT NULL,	-- 1 or 2: they say the same
	kind	INTEGER NOT NULL,	-- 1 of originals, 2 of lists of names
	sha256	BLOB NOT NULL,		-- of the data as they are here
	data	BLOB NOT NULL,		-- packed with zstd
	PRIMARY KEY (id, copy)
);

-- A list of names that is packed: then `names` is empty.
ALTER TABLE likeness ADD COLUMN codec INTEGER NOT NULL DEFAULT 0;
ALTER TABLE likeness ADD COLUMN packed BLOB;
