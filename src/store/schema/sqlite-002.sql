-- SPDX-License-Identifier: ISC
-- Distribution: by which rules, who got what, and what people changed. None of
-- it is rebuilt by `chancery reindex`: it is a record of what was done.

-- Rules kept, the newest in force. What is filed from `since` on was
-- distributed in the transaction that filed it.
CREATE TABLE rules (
	id	INTEGER PRIMARY KEY,
	at	INTEGER NOT NULL,	-- seconds since 1970, Z
	who	TEXT NOT NULL,
	since	INTEGER NOT NULL	-- first original
);

CREATE TABLE rule_file (
	rules	INTEGER NOT NULL,
	number	INTEGER NOT NULL,	-- 0 includes the others
	name	TEXT NOT NULL,
	text	TEXT NOT NULL,
	PRIMARY KEY (rules, number)
) WITHOUT ROWID;

-- One for every original that the rules were asked about.
CREATE TABLE distribution (
	original INTEGER PRIMARY KEY,
	rules	INTEGER NOT NULL,
	at	INTEGER NOT NULL,
	what	INTEGER NOT NULL,	-- 0 sent; 1 a further copy, not sent
					-- again; 2 rejected; 3 a correction
	addressed TEXT			-- a line each: name, address, role,
					-- precedence, minutes, flags
);

-- What the rules or a person gave to whom. Numbers of kind and state are those
-- of distribute/distribute.h and registry/distribution.h.
CREATE TABLE delivery (
	id	INTEGER PRIMARY KEY,
	original INTEGER NOT NULL,	-- whose filing made it
	kind	INTEGER NOT NULL,
	addressee TEXT NOT NULL,	-- empty: none
	office	TEXT NOT NULL,
	title	TEXT NOT NULL,
	was	TEXT NOT NULL,		-- symbol that the table replaced
	flags	INTEGER NOT NULL,	-- 1 a person, 2 drafts with them
	because	TEXT NOT NULL,		-- rules and words, a line each
	stopped_by TEXT NOT NULL,
	stopped_why TEXT NOT NULL,
	minutes	INTEGER NOT NULL,
	at	INTEGER NOT NULL,
	due	INTEGER NOT NULL,	-- 0: no hurry
	state	INTEGER NOT NULL,
	by_hand	INTEGER NOT NULL,
	who	TEXT NOT NULL,		-- by hand: who, and why
	reason	TEXT NOT NULL,
	ended	INTEGER NOT NULL,	-- 0: it has not
	ended_by TEXT NOT NULL,		-- empty: a corrected copy
	ended_why TEXT NOT NULL
);
CREATE INDEX delivery_original ON delivery (original);
CREATE INDEX delivery_office ON delivery (office COLLATE NOCASE, state);
CREATE INDEX delivery_kind ON delivery (kind, state);

CREATE TABLE delivery_read (
	delivery INTEGER NOT NULL,
	who	TEXT NOT NULL,
	at	INTEGER NOT NULL,
	PRIMARY KEY (delivery, who)
) WITHOUT ROWID;
