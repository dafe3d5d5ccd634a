"""Where the numbers of a review came from."""
