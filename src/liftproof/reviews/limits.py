"""How large a review may be: beyond each limit a sentence says so, and `check` ends soon.

``docs/reliability.md`` prints them.
"""

MOST_TRIALS = 100_000
"""Rows of studies.csv."""
MOST_ROWS = 1_000_000
"""Rows of any other table: ten numbers a trial can have their sources."""
MOST_RESULTS = 1_000
"""Rows of outcomes.csv that one trial may have: they are compared with one another."""
MOST_SOURCES = 10_000
"""Rows of provenance.csv that one trial may have: each is held against the trial's results."""
MOST_COLUMNS = 1_000
"""Columns of a table."""
LONGEST_CELL = 10_000
"""Characters of a cell, and of a value in a YAML file."""
LARGEST_TABLE = 100_000_000
"""Bytes of a CSV file."""
LARGEST_YAML = 1_000_000
"""Bytes of a YAML file."""
FIRST_BYTES = 200_000
"""What of a table that is too large is looked at all the same, so that its first problems show."""
MOST_REPEATS = 1_000
"""Rows that repeat another one letter for letter: more are one problem, with their count."""
MOST_SHOWN = 10_000
"""Problems that are printed; the others are counted."""
MOST_REMEDIES = 100
"""Unknown names of a table for which the nearest known one is looked for."""
