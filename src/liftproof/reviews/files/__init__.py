"""Reading the files of a review: CSV, YAML, cells, and every accident of theirs."""
