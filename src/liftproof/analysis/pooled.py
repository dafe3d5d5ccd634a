"""Former name of :mod:`liftproof.analysis.estimates`, for scripts written before it moved."""

from liftproof.analysis.estimates import pool_review

__all__ = ["pool_review"]
