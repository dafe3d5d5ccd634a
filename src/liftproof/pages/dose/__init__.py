"""Dose and effect as readers see them."""
