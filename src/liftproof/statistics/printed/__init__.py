"""Printed numbers: what their digits allow, and what no data can give."""
