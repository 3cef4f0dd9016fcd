-- SPDX-License-Identifier: ISC
-- Rating programmes: their descriptions, and what people recorded of them.
-- None of it is read from telegrams, so `chancery reindex` leaves it alone.
--
-- No row is ever changed but in `replaced`, the id of the row that took its
-- place; NULL holds. `gone` is a row that says: no longer. `recorded` is in
-- seconds since 1970, Z. `marking` is what it takes to see the row. Days are
-- written 2008-06-04; what is not known is empty.

CREATE TABLE programme (
	id	INTEGER PRIMARY KEY,
	programme TEXT NOT NULL,
	text	TEXT NOT NULL,		-- after chancery-programme(5)
	recorded INTEGER NOT NULL,
	replaced INTEGER
);

CREATE TABLE programme_rating (
	id	INTEGER PRIMARY KEY,
	programme TEXT NOT NULL,
	subject	TEXT NOT NULL,
	year	INTEGER NOT NULL,
	source	TEXT NOT NULL,
	kind	TEXT NOT NULL,		-- published, reassessed
	assigned TEXT NOT NULL,
	name	TEXT NOT NULL,
	grade	TEXT NOT NULL,
	published TEXT NOT NULL,
	reason	TEXT NOT NULL,
	marking	TEXT NOT NULL,
	gone	INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
);
CREATE INDEX programme_rating_key ON programme_rating
	(programme, subject, year) WHERE replaced IS NULL;

CREATE TABLE programme_fact (
	id	INTEGER PRIMARY KEY,
	programme TEXT NOT NULL,
	fact	TEXT NOT NULL,		-- event, waiver, choice, met ...
	name	TEXT NOT NULL,
	subject	TEXT NOT NULL,
	year	INTEGER NOT NULL,
	date	TEXT NOT NULL,
	value	TEXT NOT NULL,
	note	TEXT NOT NULL,
	source	TEXT NOT NULL,
	marking	TEXT NOT NULL,
	gone	INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
);
CREATE INDEX programme_fact_key ON programme_fact
	(programme, fact, name) WHERE replaced IS NULL;

CREATE TABLE programme_recommendation (
	id	INTEGER PRIMARY KEY,
	programme TEXT NOT NULL,
	subject	TEXT NOT NULL,
	year	INTEGER NOT NULL,
	n	INTEGER NOT NULL,
	recommendation TEXT NOT NULL,
	answer	TEXT NOT NULL,
	answered TEXT NOT NULL,
	evidence TEXT NOT NULL,
	marking	TEXT NOT NULL,
	gone	INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
);
CREATE INDEX programme_recommendation_key ON programme_recommendation
	(programme, subject, year) WHERE replaced IS NULL;

-- Telegrams behind a cell, as a person said. By their number, so that they
-- may be filed later.
CREATE TABLE programme_telegram (
	id	INTEGER PRIMARY KEY,
	programme TEXT NOT NULL,
	subject	TEXT NOT NULL,
	year	INTEGER NOT NULL,
	telegram TEXT NOT NULL,		-- canonical id
	paragraph TEXT NOT NULL,
	state	TEXT NOT NULL,		-- confirmed, refused
	note	TEXT NOT NULL,
	marking	TEXT NOT NULL,
	gone	INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
);
CREATE INDEX programme_telegram_key ON programme_telegram
	(programme, subject, year) WHERE replaced IS NULL;
