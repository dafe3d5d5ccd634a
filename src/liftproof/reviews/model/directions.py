"""Which values of an outcome, or of a pooled effect, are better."""

LOWER = "lower"
HIGHER = "higher"
DIRECTIONS = (LOWER, HIGHER)
