"""Whether a review can stop: how much is known, and what would change what it concludes."""
