-- The archive, first version, for PostgreSQL 15; what each table is for stands
-- in sqlite-001.sql. Texts are compared as bytes (collation C), as SQLite
-- does, so that both give one order.
--
-- SPDX-License-Identifier: ISC

CREATE TABLE meta (
	key	TEXT COLLATE "C" PRIMARY KEY,
	value	TEXT COLLATE "C" NOT NULL
);

CREATE TABLE container (
	id	BIGINT PRIMARY KEY,
	name	TEXT COLLATE "C" NOT NULL,
	sha256	BYTEA,
	size	BIGINT
);

CREATE TABLE original (
	id	BIGINT PRIMARY KEY,
	sha256	BYTEA NOT NULL UNIQUE,
	size	BIGINT NOT NULL,
	codec	SMALLINT NOT NULL,
	file	TEXT COLLATE "C",
	container BIGINT,
	part	BIGINT NOT NULL,
	place	BIGINT NOT NULL,
	options	TEXT COLLATE "C",
	year	INTEGER NOT NULL	-- the part of bytes_by_year; 0: unknown
);

-- Originals are most of an archive and are read one by one, so they lie in
-- parts by year, which can be moved to other disks or backed up apart. What
-- is looked up by number or read as a whole is not divided: each part would
-- be asked.
CREATE TABLE bytes_by_year (
	original BIGINT NOT NULL,
	year	INTEGER NOT NULL,
	data	BYTEA NOT NULL,
	PRIMARY KEY (year, original)
) PARTITION BY LIST (year);
-- It is packed already.
ALTER TABLE bytes_by_year ALTER COLUMN data SET STORAGE EXTERNAL;

-- A part is made when its first original comes. It is attached, not made as
-- one: that lets others read on. Who files need not own the tables for it, but
-- must be allowed to file; and there is no end of numbers, but of years.
CREATE FUNCTION bytes_part(wanted INTEGER) RETURNS INTEGER LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS
$$
DECLARE
	place CONSTANT TEXT := current_schema();
	part CONSTANT TEXT := 'bytes_' || wanted;
BEGIN
	IF NOT has_table_privilege(session_user,
	    format('%I.bytes_by_year', place), 'INSERT') THEN
		RAISE insufficient_privilege
		    USING MESSAGE = 'permission denied for table bytes_by_year';
	END IF;
	IF wanted <> 0 AND wanted NOT BETWEEN 1900 AND 2099 THEN
		RAISE invalid_parameter_value
		    USING MESSAGE = 'no year that telegrams are kept by';
	END IF;
	IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = part AND
	    relnamespace = quote_ident(place)::regnamespace) THEN
		EXECUTE format('CREATE TABLE %I.%I (LIKE %1$I.bytes_by_year '
		    'INCLUDING STORAGE)', place, part);
		EXECUTE format('ALTER TABLE %I.bytes_by_year ATTACH PARTITION '
		    '%1$I.%I FOR VALUES IN (%s)', place, part, wanted);
	END IF;
	RETURN wanted;
END
$$;

-- The year leads to the part.
CREATE VIEW bytes AS
	SELECT b.original, b.data FROM original o
	JOIN bytes_by_year b ON b.year = o.year AND b.original = o.id;

CREATE TABLE unread (
	original BIGINT PRIMARY KEY,
	why	TEXT COLLATE "C" NOT NULL
);

CREATE TABLE label (
	id	BIGINT PRIMARY KEY,
	name	TEXT COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE telegram (
	original BIGINT PRIMARY KEY,
	canonical_id TEXT COLLATE "C",
	dtg	BIGINT,
	first_row BIGINT NOT NULL,
	year	INTEGER NOT NULL,
	flags	INTEGER NOT NULL,
	label	INTEGER NOT NULL,
	section	INTEGER NOT NULL,
	row_count INTEGER NOT NULL,
	reader	INTEGER NOT NULL,
	level	SMALLINT NOT NULL,
	precedence SMALLINT NOT NULL,
	post	TEXT COLLATE "C",
	origin	TEXT COLLATE "C",
	form	TEXT COLLATE "C",
	tags	TEXT COLLATE "C",
	captions TEXT COLLATE "C",
	addressees TEXT COLLATE "C",
	rows	BYTEA NOT NULL
);
CREATE INDEX telegram_id ON telegram (canonical_id, section);
-- Where the numbers of rows go on is asked at each transaction.
CREATE INDEX telegram_row ON telegram ((first_row + row_count));

CREATE VIEW tag AS SELECT original AS telegram,
	unnest(string_to_array(tags, E'\n')) AS code FROM telegram;
CREATE VIEW caption AS SELECT original AS telegram,
	unnest(string_to_array(captions, E'\n')) AS token FROM telegram;
CREATE VIEW addressee AS SELECT telegram,
	CASE substr(line, 1, 1) WHEN 'A' THEN 'action' WHEN 'I' THEN 'info'
	ELSE 'exempt' END AS role, substr(line, 3) AS post
	FROM (SELECT original AS telegram,
	    unnest(string_to_array(addressees, E'\n')) AS line
	    FROM telegram) AS cut;

CREATE TABLE citation (
	telegram BIGINT NOT NULL,
	number	INTEGER NOT NULL,
	letter	SMALLINT NOT NULL,
	year_printed SMALLINT NOT NULL,
	value	TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (telegram, number)
);
CREATE INDEX citation_value ON citation (value);

-- The text index; its form is that of src/db/postings.h. A segment has the
-- words of the rows first_row to last_row and never changes. Pages are made
-- to fill one of the server's, so they are neither packed nor moved out.
CREATE SEQUENCE text_segment_id;

CREATE TABLE text_segment (
	id	BIGINT PRIMARY KEY,
	first_row BIGINT NOT NULL,
	last_row BIGINT NOT NULL,
	bytes	BIGINT NOT NULL,
	places	BIGINT NOT NULL		-- highest number of its places
);

CREATE TABLE text_page (
	segment	BIGINT NOT NULL,
	number	BIGINT NOT NULL,
	first	BYTEA NOT NULL,		-- its first word, 200 bytes of it
	data	BYTEA NOT NULL,
	PRIMARY KEY (segment, first, number)
) WITH (toast_tuple_target = 8160);
ALTER TABLE text_page ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE text_page ALTER COLUMN first SET STORAGE PLAIN;

CREATE TABLE text_place (
	segment	BIGINT NOT NULL,
	number	BIGINT NOT NULL,
	data	BYTEA NOT NULL,
	PRIMARY KEY (segment, number)
) WITH (toast_tuple_target = 8160);
ALTER TABLE text_place ALTER COLUMN data SET STORAGE EXTERNAL;
