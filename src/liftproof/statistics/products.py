"""Sums of products, by NumPy's own loop for them."""

import numpy as np

einsum = np.einsum.__wrapped__  # type: ignore[attr-defined]
"""``np.einsum`` without its look at every operand for a type that has an ``einsum`` of its own,
which takes as long as a product of two short columns. All operands here are NumPy's arrays."""
