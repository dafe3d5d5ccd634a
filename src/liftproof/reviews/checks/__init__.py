"""Every check of a review, one module a topic."""
