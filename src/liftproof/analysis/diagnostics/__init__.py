"""What stands behind a pooled estimate: small-study effects, influence, accumulation, statements.

``diagnose`` runs every registered method on one analysis and returns one number a row. A method
that does not apply gives a row that says why.
"""

from liftproof.analysis.diagnostics.diagnose import diagnose

__all__ = ["diagnose"]
