"""The cards of sentences: the limits of a single trial are told with those that it printed.

A trial's limits are pooled by way of its standard error, so that they may come out in other digits
than the print, which cautions and drawings tell.
"""

import re
from collections.abc import Iterator

from liftproof.report.gate.finished_page import FinishedPage
from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.shown_pools import ShownPool, bare, shown

_ONE_TRIAL = "[†‡]*,1trial"
_PRINTED = re.compile(r";printedas|\.Thetrialprinted")
"""How a card and the sentence below it go on."""


def card_differences(review: FinishedReview, page: FinishedPage) -> Iterator[Difference]:
    """Yield the cards that tell limits of a single trial alone, though it printed others."""
    for pool in review.pools:
        if pool.reported and pool.told_as_reported != pool.printed:
            for said in _alone(page.text, pool):
                yield review.difference(page.path, "card", pool, said)


def _alone(text: str, pool: ShownPool) -> Iterator[str]:
    own = re.escape(f"{pool.measure}{bare(shown(pool.printed))}")
    for found in re.finditer(f"{own}{_ONE_TRIAL}", text, re.IGNORECASE):
        if not _PRINTED.match(text, found.end()):
            yield f"{shown(pool.printed)} without the limits that the trial printed"
