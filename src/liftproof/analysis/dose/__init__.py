"""Effects of a review regressed on dose: which trials give one, what follows, what it can show."""
