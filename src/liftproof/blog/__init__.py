"""The kit for a blog: one figure of a review with all that belongs to it, ready to paste."""
