-- SPDX-License-Identifier: ISC
-- The subject as the index has it, so that patterns can be tried on it.
ALTER TABLE telegram ADD COLUMN subject TEXT COLLATE "C";
