"""What changed between the last two reports of a project, in the few lines that end a run."""

from pathlib import Path

from liftproof.pages.changes.change_text import summary_lines
from liftproof.pages.changes.verdict_lines import claim_lines, printed_line
from liftproof.project.comparison import since_folder
from liftproof.project.kept_data import EARLIER
from liftproof.reviews.files.configuration_file import configured
from liftproof.reviews.files.finding import REVIEWS, named

MOST_VERDICTS = 12
"""Verdicts told at the end of a run: of more, the rest are counted."""


def report_changes(project: Path) -> list[str]:
    """Return what the data of the report just made changed, compared with the one before it.

    Raises DataError for data with errors.
    """
    folders = [project / REVIEWS / name for name in named(configured(project), project)]
    found = since_folder(folders, project, project / EARLIER, is_every=True)
    verdicts = [f"  {printed_line(one)}" for review in found.reviews for one in review.printed]
    verdicts += [f"  {line}" for line in claim_lines(found.claims)]
    more = len(verdicts) - MOST_VERDICTS
    return [
        "Since the last report (liftproof changes says more):",
        *(line for one in found.reviews for line in summary_lines(one)),
        *found.others,
        *verdicts[:MOST_VERDICTS],
        *([f"  and {more} more verdicts"] if more > 0 else []),
        *found.notes,
    ]
