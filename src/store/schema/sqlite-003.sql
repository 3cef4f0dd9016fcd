-- SPDX-License-Identifier: ISC
-- Casework: what is asked and owed, and cases. What people did, so nothing
-- here is rebuilt by `chancery reindex`; telegrams are named by their id and
-- paragraphs by theirs, which reading again does not change. Days are counted
-- from 1970, NULL is none. Words of kinds and statuses are those of
-- src/casework/kinds.def. Each row carries the label of its paragraph and of
-- its telegram, so that what a reader may not see does not exist for them.

CREATE TABLE task (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL UNIQUE,	-- 08MUSCAT425#8a, and .1 of a sub-task
	telegram TEXT NOT NULL,		-- that asks
	paragraph TEXT NOT NULL,	-- where it is said
	pointed	TEXT NOT NULL,		-- the paragraph that points there
	what	TEXT NOT NULL,
	asker	TEXT NOT NULL,
	asked	TEXT NOT NULL,
	label	TEXT NOT NULL,		-- of the paragraph
	tel_label TEXT NOT NULL,
	precedence INTEGER NOT NULL,
	opened	INTEGER,		-- day of the telegram
	first_due INTEGER,		-- first response
	first_basis TEXT NOT NULL,
	first_phrase TEXT NOT NULL,
	due	INTEGER,		-- final answer
	basis	TEXT NOT NULL,
	phrase	TEXT NOT NULL,		-- the words the date came from
	office	TEXT NOT NULL,		-- one, always
	owner	TEXT NOT NULL,		-- a person in it; empty: none yet
	parent	TEXT NOT NULL,		-- of a sub-task: the task's name
	status	TEXT NOT NULL,
	first_done INTEGER,		-- an interim reply stops the first clock
	closed_by TEXT NOT NULL,	-- a telegram, or words
	closed_on INTEGER,
	is_group INTEGER NOT NULL	-- each addressee owes an answer
);
CREATE INDEX task_telegram ON task (telegram);
CREATE INDEX task_office ON task (office);

-- Group tasking: one request, many addressees.
CREATE TABLE task_target (
	task	TEXT NOT NULL,
	addressee TEXT NOT NULL,	-- key of the post
	status	TEXT NOT NULL,
	reply	TEXT NOT NULL,
	day	INTEGER,
	PRIMARY KEY (task, addressee)
) WITHOUT ROWID;

-- Telegrams that cite the request: proposed until a person says what they
-- are.
CREATE TABLE task_reply (
	task	TEXT NOT NULL,
	telegram TEXT NOT NULL,
	post	TEXT NOT NULL,
	label	TEXT NOT NULL,
	state	TEXT NOT NULL,		-- proposed, interim, final, refused
	day	INTEGER,
	PRIMARY KEY (task, telegram)
) WITHOUT ROWID;

CREATE TABLE docket (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL UNIQUE,	-- OMAN-TIP-2008
	title	TEXT NOT NULL,
	file_code TEXT NOT NULL,
	programme TEXT NOT NULL,
	label	TEXT NOT NULL,
	own	TEXT NOT NULL,		-- our side
	opened	INTEGER,
	closed	INTEGER
);

-- kind: party (value its side, note its name), watcher, tag, name.
CREATE TABLE docket_entry (
	docket	TEXT NOT NULL,
	kind	TEXT NOT NULL,
	value	TEXT NOT NULL,
	note	TEXT NOT NULL,
	PRIMARY KEY (docket, kind, value, note)
) WITHOUT ROWID;

CREATE TABLE docket_member (
	docket	TEXT NOT NULL,
	telegram TEXT NOT NULL,
	how	TEXT NOT NULL,		-- hand, reference
	why	TEXT NOT NULL,		-- REF D 08MUSCAT425
	day	INTEGER,
	PRIMARY KEY (docket, telegram)
) WITHOUT ROWID;
CREATE INDEX docket_member_telegram ON docket_member (telegram);

CREATE TABLE item (
	id	INTEGER PRIMARY KEY,
	docket	TEXT NOT NULL,
	name	TEXT NOT NULL,		-- C02a
	kind	TEXT NOT NULL,
	by_name	TEXT NOT NULL,
	by_side	TEXT NOT NULL,
	to_name	TEXT NOT NULL,
	to_side	TEXT NOT NULL,
	what	TEXT NOT NULL,
	about	TEXT NOT NULL,		-- a word or two, for positions by party
	channel	TEXT NOT NULL,
	made	INTEGER,
	due	INTEGER,		-- of a window: its last day
	first	INTEGER,		-- of a window: its first day
	other	INTEGER,		-- another way to read the date
	basis	TEXT NOT NULL,
	phrase	TEXT NOT NULL,
	condition TEXT NOT NULL,
	consequence TEXT NOT NULL,
	closes_when TEXT NOT NULL,
	owner	TEXT NOT NULL,		-- an office of ours
	status	TEXT NOT NULL,
	closed_by TEXT NOT NULL,
	closed_on INTEGER,
	label	TEXT NOT NULL,
	tel_label TEXT NOT NULL,
	rule	TEXT NOT NULL,		-- that proposed it; empty: by hand
	confidence INTEGER NOT NULL,
	parent	TEXT NOT NULL,		-- name of the item it is a part of
	measurable INTEGER NOT NULL,	-- can its condition be tested
	UNIQUE (docket, name)
);

CREATE TABLE item_source (
	docket	TEXT NOT NULL,
	item	TEXT NOT NULL,
	telegram TEXT NOT NULL,
	paragraph TEXT NOT NULL,
	off	INTEGER NOT NULL,	-- bytes of the telegram's text
	len	INTEGER NOT NULL,
	PRIMARY KEY (docket, item, telegram, paragraph, off)
) WITHOUT ROWID;

CREATE TABLE item_link (
	docket	TEXT NOT NULL,
	item	TEXT NOT NULL,
	kind	TEXT NOT NULL,
	target	TEXT NOT NULL,
	why	TEXT NOT NULL,
	PRIMARY KEY (docket, item, kind, target)
) WITHOUT ROWID;

-- Who did what, when and why. Append-only.
CREATE TABLE casework_log (
	id	INTEGER PRIMARY KEY,
	at	INTEGER NOT NULL,	-- seconds; 0: with the filing
	who	TEXT NOT NULL,
	object	TEXT NOT NULL,		-- name of a task, docket, docket/item
	change	TEXT NOT NULL,
	why	TEXT NOT NULL,
	label	TEXT NOT NULL		-- of what the line tells
);
CREATE INDEX casework_log_object ON casework_log (object);
CREATE TRIGGER casework_log_stays BEFORE UPDATE ON casework_log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER casework_log_kept BEFORE DELETE ON casework_log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- Working days that a precedence gives, where they are not the usual ones.
CREATE TABLE casework_days (
	precedence INTEGER PRIMARY KEY,
	first_days INTEGER NOT NULL,
	final_days INTEGER NOT NULL
);
