"""Estimates, what they do not show, and how they were made."""
