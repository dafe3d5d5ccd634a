"""The explorer: an analysis of a review that readers can turn over, in their own browser."""
