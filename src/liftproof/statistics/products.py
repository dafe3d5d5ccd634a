"""Sums of products, by NumPy's own loop for them."""

import numpy as np

einsum = getattr(np.einsum, "__wrapped__", np.einsum)
"""``np.einsum`` without its look at every operand for a type that has an ``einsum`` of its own,
which takes as long as a product of two short columns; of a NumPy without that, itself. All operands
here are NumPy's arrays."""
