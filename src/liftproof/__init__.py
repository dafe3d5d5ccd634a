"""Reproduce published meta-analyses from sourced trial data, and say where it cannot be done."""

__version__ = "0.1.0"
