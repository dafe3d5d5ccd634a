"""A coverage study as readers see it."""
