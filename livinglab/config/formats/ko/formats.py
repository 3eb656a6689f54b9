"""Korean: the clock of 24 hours, and days in a table one below the other."""

DATETIME_FORMAT = "Y년 n월 j일 H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
