-- SPDX-License-Identifier: ISC
-- What telegrams are compared by. Read from them and rebuilt by `chancery
-- reindex`; a telegram that was filed before this table has no row.

CREATE TABLE likeness (
	telegram INTEGER PRIMARY KEY,	-- the original it was read from
	names	TEXT NOT NULL,		-- a line each, see below
	sketch	BLOB NOT NULL		-- of its paragraphs, see below
);

-- names: kind (P person, L place, B body), the rows of the telegram in which
-- it stands (numbers from 0, a comma between), a tab, the name as it is
-- spelled there. Each row's label says who may know that the name is in it.
-- sketch: 10 bytes for each paragraph, which are the last rows of a telegram,
-- numbers with the lowest byte first: two hashes (4, 4; 0: too short), words
-- (2).
