"""What somebody enters of a trial, as rows of the tables: its cells, and where they came from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from liftproof.columns import columns
from liftproof.errors import UsageError
from liftproof.reviews.model.provenance import NUMBER, OUTCOME_NUMBERS, STUDY_NUMBERS, UNVERIFIED
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.printed_forms import OFFERED, PrintedForm, forms_of
from liftproof.vocabulary.sources import SOURCES, SourceRecord

STUDY_COLUMNS = tuple(item.name for item in columns(Study))
OUTCOME_COLUMNS = tuple(item.name for item in columns(Outcome))
KINDS_OF_RESULT: Mapping[str, SourceRecord | PrintedForm] = {**SOURCES, **OFFERED}
"""By code, what a result can be entered as: the numbers themselves, or a form in print."""
RATE = "rate_"
"""How columns of rates begin, which two forms share: what they lack is told by the check."""
NO_SOURCE = "none given"
"""The source of a number that was entered without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the numbers of a trial stand, as columns of provenance.csv."""

    source: str
    location: str
    kind: str
    note: str = ""


UNSOURCED = Source(source=NO_SOURCE, location="", kind=UNVERIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEntry:
    """One trial with one result: cells of studies.csv and of outcomes.csv, and their source."""

    study: Mapping[str, str]
    outcome: Mapping[str, str] = field(default_factory=dict)
    source: Source = UNSOURCED

    @property
    def key(self) -> str:
        """The key of the trial."""
        return self.study["study"]

    @property
    def provenance(self) -> tuple[Mapping[str, str], ...]:
        """One row of provenance.csv a number."""
        return tuple(self._provenance())

    def _provenance(self) -> Iterator[Mapping[str, str]]:
        for cells, numbers, known, outcome in (
            (self.study, STUDY_NUMBERS, STUDY_COLUMNS, ""),
            (self.outcome, OUTCOME_NUMBERS, OUTCOME_COLUMNS, self.outcome["outcome"]),
        ):
            for name, value in cells.items():
                if name in numbers or (name not in known and NUMBER.fullmatch(value)):
                    yield _filled(
                        {
                            "study": self.key,
                            "field": name,
                            "variant": self.outcome.get("variant", "") if outcome else "",
                            "outcome": outcome,
                            "arm": self.outcome.get("arm", "") if outcome else "",
                            "value": value,
                            "source": self.source.source,
                            "location": self.source.location,
                            "kind": self.source.kind,
                            "note": self.source.note,
                        }
                    )


def trial_entry(
    cells: Mapping[str, str], headers: tuple[Sequence[str], Sequence[str]], source: Source
) -> TrialEntry:
    """Return cells by column, sorted into the two tables.

    ``headers``: the columns that studies.csv and outcomes.csv of the review have. A column that
    both can have goes to the result. Raises UsageError for a column of neither.
    """
    study: dict[str, str] = {}
    outcome = {"study": cells["study"]}
    own, others = ({*STUDY_COLUMNS, *headers[0]}, {*OUTCOME_COLUMNS, *headers[1]})
    for name, value in cells.items():
        if name == "study" or (name in own and name not in others):
            study[name] = value
        elif name in others:
            outcome[name] = value
        else:
            remedy = did_you_mean(name, sorted(own | others))
            raise UsageError(f"neither table has a column {name}; {remedy}")
    return TrialEntry(study=_filled(study), outcome=_filled(outcome), source=source)


def result_cells(kind: str, numbers: Sequence[str]) -> Mapping[str, str]:
    """Return the numbers of one kind of result by column.

    >>> list(result_cells("given", ["-0.4", "0.04"]).items())
    [('y', '-0.4'), ('v', '0.04')]
    """
    return dict(zip(KINDS_OF_RESULT[kind].columns, numbers, strict=True))


def has_result(cells: Mapping[str, str]) -> bool:
    """Say whether cells give a result: a whole one, or one in a form that papers print.

    >>> has_result({"rate_control": "3.1"}), has_result({"n_control": "40"})
    (True, False)
    """
    is_whole = any(set(source.columns) <= set(cells) for source in SOURCES.values())
    is_of_rates = any(name.startswith(RATE) for name in cells)
    return is_whole or is_of_rates or bool(forms_of(cells))


def year_in(label: str) -> str:
    """Return the year with which a label ends, empty where it has none."""
    found = re.search(r"\b((?:19|20)[0-9]{2})[a-z]?$", label.strip())
    return found[1] if found else ""


def _filled(cells: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in cells.items() if value}
