"""The date of a document: the last one that its data know of, as the clock would be no result."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from liftproof.reviews.model.review import Review

NO_DAY = datetime.date(1970, 1, 1)
"""Of data that know of no date, where there has to be one."""

NO_DATE = "Its data know of no date."


@dataclass(frozen=True, slots=True, kw_only=True)
class DataDate:
    """``day``: the document's date; ``text``: what it is the date of, as a sentence."""

    day: datetime.date
    text: str


def data_date(review: Review) -> DataDate | None:
    """Return when a trial was last added, else the first day of the newest year of publication.

    None where no year can be one of a calendar.
    """
    added = max((study.added for study in review.studies), default="")
    if added:
        text = f"A trial was last added to its data on {added}."
        return DataDate(day=datetime.date.fromisoformat(added), text=text)
    years = [*(study.year for study in review.studies), *(row.year for row in review.prints)]
    dated = [year for year in years if datetime.MINYEAR <= year <= datetime.MAXYEAR]
    if not dated:
        return None
    text = f"The newest publication in its data is of {max(dated)}."
    return DataDate(day=datetime.date(max(dated), 1, 1), text=text)


def newest_of(dates: Iterable[Sequence[str]]) -> tuple[str, str]:
    """Return the last of some dates, each ISO 8601 and what it is of; empty ones are none."""
    known = ((date[0], date[1]) for date in dates if date)
    return max(known, key=itemgetter(0), default=(NO_DAY.isoformat(), NO_DATE))
