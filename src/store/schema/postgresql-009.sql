-- SPDX-License-Identifier: ISC
-- A server has had this index from the first; sqlite-009.sql says why.

CREATE INDEX IF NOT EXISTS telegram_row ON telegram ((first_row + row_count));
