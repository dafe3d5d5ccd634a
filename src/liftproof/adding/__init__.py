"""A new review, and a new trial with its provenance: written whole or not at all."""
