"""The multiverse of extractions as readers see it."""
