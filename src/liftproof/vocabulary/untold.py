"""Sentences on what the numbers of a pool hide, for results and for pages."""

NO_WIDTH = (
    "The effects coincide, so that Hartung and Knapp's factor is 0: an interval without width, and "
    "its p value, tell nothing of how well the effect is known."
)
NO_TAU2 = (
    "The effects agree better than chance lets them for any τ², 0 included: its Q-profile set is "
    "empty, and τ² and I² have no limits."
)
