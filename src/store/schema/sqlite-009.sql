-- SPDX-License-Identifier: ISC
-- Where the numbers of rows go on is asked at each transaction; without this
-- all telegrams are read for it, 0.1 s for 250,000.

CREATE INDEX telegram_row ON telegram (first_row + row_count);
