"""Certainty of evidence as readers see it."""
