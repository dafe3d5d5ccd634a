"""Projects outside the repository: what they begin with, and the workflow that reports on them."""
