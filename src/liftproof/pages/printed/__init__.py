"""Printed numbers beside computed ones, verdicts, and what could explain a difference."""
