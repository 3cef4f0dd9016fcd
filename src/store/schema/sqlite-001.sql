-- The archive, first version. Originals are what was received; everything
-- from `telegram` on is read from them and rebuilt by `chancery reindex`.
--
-- SPDX-License-Identifier: ISC

CREATE TABLE meta (
	key	TEXT PRIMARY KEY,
	value	TEXT NOT NULL
);

-- Files that hold several telegrams: a CSV dump, a stream.
CREATE TABLE container (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL,
	sha256	BLOB,			-- once it was read to its end
	size	INTEGER
);

CREATE TABLE original (
	id	INTEGER PRIMARY KEY,
	sha256	BLOB NOT NULL UNIQUE,	-- of the bytes as received
	size	INTEGER NOT NULL,	-- of them, before compression
	codec	INTEGER NOT NULL,	-- 0 as they are, 1 zstd
	file	TEXT,			-- as it was called; NULL: the container's
	container INTEGER,
	part	INTEGER NOT NULL,	-- from 1; 0: the file holds only this
	place	INTEGER NOT NULL,	-- first byte in the file
	options	TEXT			-- form and year forced on reading
);

CREATE TABLE bytes (
	original INTEGER PRIMARY KEY,
	data	BLOB NOT NULL
);

-- What could not be read and is kept.
CREATE TABLE unread (
	original INTEGER PRIMARY KEY,
	why	TEXT NOT NULL
);

-- What a reader must be allowed, numbered when first seen. Not rebuilt.
CREATE TABLE label (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL UNIQUE
);

-- One telegram of one original. What it is found by stands in it as lists, so
-- that filing is one statement and reading all of them into memory is fast;
-- the views below give them row by row.
CREATE TABLE telegram (
	original INTEGER PRIMARY KEY,
	canonical_id TEXT,
	dtg	INTEGER,		-- seconds since 1970, Z
	year	INTEGER NOT NULL,	-- 0: unknown
	post	TEXT,			-- key of the post in the number
	origin	TEXT,			-- key of the originator
	level	INTEGER NOT NULL,
	label	INTEGER NOT NULL,
	precedence INTEGER NOT NULL,
	section	INTEGER NOT NULL,	-- 0: it has none
	flags	INTEGER NOT NULL,	-- what it is and has; store.h
	form	TEXT,
	reader	INTEGER NOT NULL,	-- version of what read it
	first_row INTEGER NOT NULL,
	row_count INTEGER NOT NULL,
	tags	TEXT,			-- codes, a line each
	captions TEXT,			-- tokens, a line each
	addressees TEXT,		-- role and post's key, a line each
	rows	BLOB NOT NULL		-- its paragraphs and fields; see below
);
CREATE INDEX telegram_id ON telegram (canonical_id, section);

-- Paragraphs and heading fields are rows first_row to first_row + row_count - 1
-- of the index, without gaps in the archive. Of each the list `rows` has 13
-- bytes, numbers with the lowest byte first: kind (1; 64 is added where a
-- summary begins, 128 where action is asked for), label (2), label of the
-- portion mark alone (2, 0: none), first byte and length in the telegram's
-- text (4, 4). Their words are in the index, their text only in the original.

CREATE VIEW tag AS
	WITH RECURSIVE cut (telegram, code, rest) AS (
		SELECT original, NULL, tags || char(10) FROM telegram
		WHERE tags IS NOT NULL
		UNION ALL
		SELECT telegram, substr(rest, 1, instr(rest, char(10)) - 1),
		    substr(rest, instr(rest, char(10)) + 1)
		FROM cut WHERE rest <> ''
	)
	SELECT telegram, code FROM cut WHERE code IS NOT NULL;

CREATE VIEW caption AS
	WITH RECURSIVE cut (telegram, token, rest) AS (
		SELECT original, NULL, captions || char(10) FROM telegram
		WHERE captions IS NOT NULL
		UNION ALL
		SELECT telegram, substr(rest, 1, instr(rest, char(10)) - 1),
		    substr(rest, instr(rest, char(10)) + 1)
		FROM cut WHERE rest <> ''
	)
	SELECT telegram, token FROM cut WHERE token IS NOT NULL;

CREATE VIEW addressee AS
	WITH RECURSIVE cut (telegram, line, rest) AS (
		SELECT original, NULL, addressees || char(10) FROM telegram
		WHERE addressees IS NOT NULL
		UNION ALL
		SELECT telegram, substr(rest, 1, instr(rest, char(10)) - 1),
		    substr(rest, instr(rest, char(10)) + 1)
		FROM cut WHERE rest <> ''
	)
	SELECT telegram, CASE substr(line, 1, 1) WHEN 'A' THEN 'action'
	    WHEN 'I' THEN 'info' ELSE 'exempt' END AS role,
	    substr(line, 3) AS post
	FROM cut WHERE line IS NOT NULL;

-- Citations of telegrams, in their order. What they lead to depends on who
-- asks and on what is filed later, so it is found when asked.
CREATE TABLE citation (
	telegram INTEGER NOT NULL,
	number	INTEGER NOT NULL,
	value	TEXT NOT NULL,		-- canonical id
	letter	INTEGER NOT NULL,	-- 0: none
	year_printed INTEGER NOT NULL,	-- 0: the year is the telegram's
	PRIMARY KEY (telegram, number)
) WITHOUT ROWID;
CREATE INDEX citation_value ON citation (value);

-- What the index is proved against: row_text() cuts the words of a row from
-- its original again.
CREATE VIEW row_source AS
	WITH RECURSIVE number (id, last) AS (
		SELECT 1, COALESCE(MAX(first_row + row_count) - 1, 0)
		FROM telegram
		UNION ALL
		SELECT id + 1, last FROM number WHERE id < last
	)
	SELECT id, row_text(id) AS text FROM number WHERE id <= last;

CREATE VIRTUAL TABLE words USING fts5(
	text, content = 'row_source', content_rowid = 'id',
	columnsize = 0,			-- ranks need lengths in memory anyway
	tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO words(words, rank) VALUES ('pgsz', 16000);
INSERT INTO words(words, rank) VALUES ('automerge', 0);
INSERT INTO words(words, rank) VALUES ('crisismerge', 64);
