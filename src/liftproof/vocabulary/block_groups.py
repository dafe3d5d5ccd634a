"""Why a printed number cannot be computed: the groups in which a report counts blocked numbers."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockGroup(Record):
    """One reason; ``name``: as readers see it. ``remedy``: what would unblock the numbers."""

    remedy: str


BLOCK_GROUPS = by_code(
    BlockGroup(
        code="full_text",
        name="full text not read",
        remedy="the review's list, table or plot by trial, from its full text or supplement",
    ),
    BlockGroup(
        code="counts",
        name="counts not published",
        remedy="numbers by trial and arm, which the texts that were read do not print",
    ),
    BlockGroup(
        code="figure_only",
        name="shown in a figure only",
        remedy="the numbers behind the figure",
    ),
    BlockGroup(
        code="not_extracted",
        name="printed, not extracted here",
        remedy="results that stand in a text that was read, entered as rows",
    ),
    BlockGroup(
        code="not_held",
        name="trials or outcomes not held here",
        remedy="a review of its own: other trials, people or outcomes were pooled",
    ),
    BlockGroup(
        code="method",
        name="method not described, or none of this software",
        remedy="how the number was computed, or the method itself",
    ),
    BlockGroup(
        code="circular",
        name="known from this print alone",
        remedy="the trial's own report: what is held was solved from the number itself",
    ),
    BlockGroup(
        code="not_pooled",
        name="nothing was pooled",
        remedy="nothing: a count or a range over trials that no analysis gives",
    ),
)
"""The group stands in ``published.csv`` beside the words that say what is missing."""
