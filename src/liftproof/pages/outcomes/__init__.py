"""What came out of a review, in short: its estimates, and which printed numbers reproduce."""
