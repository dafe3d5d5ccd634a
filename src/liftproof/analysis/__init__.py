"""From a review to its results: effects, pools, and everything asked of them."""
