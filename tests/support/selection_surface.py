"""The likelihood of a selection model at one point."""

from liftproof.statistics.small_study.selection.likelihood import surfaces


def surface(model, point):
    """Return the log-likelihood with its derivatives at one (μ, τ², δ)."""
    return surfaces(model, point[None])[0]
