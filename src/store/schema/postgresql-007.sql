-- SPDX-License-Identifier: ISC
-- The subject as the index has it, so that patterns can be tried on it.
-- Who comes to read must not wait behind us for who reads already: the
-- tables are asked for briefly, and the whole is tried again.
SET LOCAL lock_timeout = '40ms';

ALTER TABLE telegram ADD COLUMN subject TEXT COLLATE "C";
