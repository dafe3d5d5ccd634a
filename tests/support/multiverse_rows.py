"""A row of multiverse.csv made up for tests of sentences and pages."""

from typing import Any

from liftproof.rows.multiverse_rows import MultiverseRow


def multiverse_row(**own: Any) -> MultiverseRow:
    """Return a row of the analysis ``overall``: its one match is the analysis as settled."""
    shared: dict[str, Any] = {
        "review": "made_up",
        "target": "main",
        "analysis": "overall",
        "sampled": "no",
        "share_significant": 1.0,
        "share_other_side": 0.0,
        "nearest": "as settled",
        "departures": 0,
        "nearest_rounds": "yes",
        "printed_estimate": 0.338,
        "printed": "0.338",
    }
    return MultiverseRow(**(shared | own))
