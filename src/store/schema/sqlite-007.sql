-- SPDX-License-Identifier: ISC
-- The subject as the index has it, so that patterns can be tried on it. Of what
-- was filed before it is empty until `chancery reindex`.
ALTER TABLE telegram ADD COLUMN subject TEXT;
