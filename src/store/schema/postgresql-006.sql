-- SPDX-License-Identifier: ISC
-- What telegrams are compared by; the form of both lists stands in
-- sqlite-006.sql.

CREATE TABLE likeness (
	telegram BIGINT PRIMARY KEY,
	names	TEXT COLLATE "C" NOT NULL,
	sketch	BYTEA NOT NULL
);
