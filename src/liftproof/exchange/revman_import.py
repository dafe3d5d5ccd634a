"""A file of RevMan 5, or of RevMan Web, as a draft: every row counted against the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from liftproof.exchange.draft import (
    OUTCOMES,
    SECONDARY,
    STUDIES,
    Draft,
    DraftRow,
    one_problem,
    table_of,
    with_provenance,
)
from liftproof.exchange.revman_names import GROUP, KEPT_OUT, KINDS
from liftproof.exchange.revman_package import read_package
from liftproof.exchange.revman_rows import RevManRow, outcome_of, rows_of_outcome
from liftproof.exchange.revman_settings import Rows, notices_of_revman, settings_of_revman
from liftproof.exchange.trial_names import TrialNames
from liftproof.exchange.xml_tree import XmlNode, read_xml
from liftproof.reviews.files.cells import key_of
from liftproof.reviews.model.review_tables import Study

PACKAGE = ".zip"


def read_revman(file: Path, known: Sequence[Study] = ()) -> Draft:
    """Read a file of RevMan 5, or a data package of RevMan Web (.zip).

    Every number gets the review that the file holds as its source. ``known``: trials of the review
    that it is taken over into. Raises DataError for a file without rows, a row of an unknown trial,
    and where trials, rows or people read are not those of the file.
    """
    root = read_package(file) if file.suffix.lower() == PACKAGE else read_xml(file)
    outcomes = _outcomes(file, root)
    keys = _studies(file, root, known)
    title = next((node.text("TITLE") for node in root.within("COVER_SHEET")), "") or file.stem
    rows = [row for key, outcome, read in outcomes for row in _drafted(file, key, read, keys)]
    _check_counts(file, root, outcomes, len(rows))
    studies = [row for _, row in keys.values()]
    draft = Draft(
        settings=settings_of_revman(file, title, outcomes),
        settings_shown=file,
        tables={
            STUDIES: table_of(STUDIES, file, studies),
            OUTCOMES: table_of(OUTCOMES, file, rows),
        },
        notices=tuple(notices_of_revman(file, root, outcomes, keys)),
    )
    return with_provenance(draft, f"{title} (RevMan file {file.name})", SECONDARY)


def _outcomes(file: Path, root: XmlNode) -> Rows:
    """Return the outcomes with a key for each and their rows."""
    found: Rows = []
    for comparison in root.within("COMPARISON"):
        for node in comparison.children:
            kind = node.tag.removesuffix("_OUTCOME")
            if kind in KINDS and kind != node.tag:
                outcome = outcome_of(node, kind, comparison.attributes.get("NO", ""))
                key = key_of(outcome.name) or "outcome"
                if any(key == other for other, *_ in found):
                    key = f"{key}_{key_of(outcome.number)}"
                found.append((key, outcome, tuple(rows_of_outcome(file, outcome))))
    if not any(rows for *_, rows in found):
        wrong = "the file has no row of data" if found else "the file has no outcome with numbers"
        raise one_problem(file, wrong, "", "export it from RevMan with its analyses")
    return found


def _studies(
    file: Path, root: XmlNode, known: Sequence[Study]
) -> Mapping[str, tuple[str, DraftRow]]:
    """Return key and row of each included trial, by RevMan's identifier."""
    names = TrialNames(file, known)
    studies: dict[str, tuple[str, DraftRow]] = {}
    for included in root.within("INCLUDED_STUDIES"):
        for node in included.within("STUDY"):
            label = node.attributes.get("NAME", "").strip()
            reference = _reference(node)
            key = names.study(node.line, label, reference)
            cells = names.as_held({"study": key, "label": label, **reference})
            years = re.findall(r"(?<!\d)(?:19|20)\d\d", label)
            cells["year"] = (
                node.attributes.get("YEAR", "").strip()
                or cells.get("year")
                or (years[0] if len(years) == 1 else "")
            )
            if not cells["year"]:
                remedy = "give it a year in RevMan"
                raise one_problem(
                    file, "a trial without a year", label, remedy, line=node.line, column="YEAR"
                )
            _check_own_name(file, node, key, studies)
            studies[node.attributes.get("ID", "")] = (key, DraftRow(line=node.line, cells=cells))
    return studies


def _check_own_name(
    file: Path, node: XmlNode, key: str, studies: Mapping[str, tuple[str, DraftRow]]
) -> None:
    """Raise DataError where another trial of the file has the name, or the same identifier.

    RevMan tells trials apart by identifiers, a review by keys: two of one name would become one.
    """
    label, place = node.attributes.get("NAME", ""), node.attributes.get("ID", "")
    others = [row.line for other, row in studies.values() if other == key]
    if others or place in studies:
        line = others[0] if others else studies[place][1].line
        wrong = f"another trial has this {'name' if others else 'identifier'}, on line {line}"
        remedy = "rename one of them in RevMan, such as Smith 2010b"
        raise one_problem(file, wrong, label, remedy, line=node.line, column="NAME")


def _reference(study: XmlNode) -> dict[str, str]:
    """Return citation and identifiers of a trial's first, or primary, publication."""
    references = sorted(
        study.within("REFERENCE"), key=lambda each: each.attributes.get("PRIMARY") != "YES"
    )
    if not references:
        return {}
    first = references[0]
    issue = first.text("YR") + (f";{first.text('VL')}" if first.text("VL") else "")
    pages = f":{first.text('PG')}" if first.text("PG") else ""
    parts = (first.text("AU"), first.text("TI").rstrip("."), f"{first.text('SO')} {issue}{pages}")
    found = {
        each.attributes.get("TYPE", ""): each.attributes.get("VALUE", "").strip()
        for each in first.within("IDENTIFIER")
    }
    return {
        "citation": ". ".join(part.strip() for part in parts if part.strip()),
        "doi": found.get("DOI", ""),
        "pmid": found.get("PUBMED", ""),
        "year": first.text("YR"),
    }


def _drafted(
    file: Path,
    key: str,
    rows: tuple[RevManRow, ...],
    keys: Mapping[str, tuple[str, DraftRow]],
) -> Iterator[DraftRow]:
    """Yield the rows of outcomes.csv; a trial that stands in several groups has an arm in each."""
    held = [row.study_id for row in rows]
    for place, row in enumerate(rows, start=1):
        if row.study_id not in keys:
            wrong = "a row of a trial that is not among the included studies"
            raise one_problem(file, wrong, row.study_id, "include it in RevMan", line=row.node.line)
        several = held.count(row.study_id) > 1
        yield DraftRow(
            line=row.node.line,
            derived=row.derived,
            cells={
                "study": keys[row.study_id][0],
                "outcome": key,
                "arm": f"{key_of(row.group) or 'row'}_{place}" if several else "",
                **row.cells,
                "awaits": f"numbers: in RevMan {row.unusable}" if row.unusable else "",
                GROUP: row.group,
                KEPT_OUT: row.kept_out,
            },
        )


def _check_counts(file: Path, root: XmlNode, outcomes: Rows, written: int) -> None:
    """Raise DataError where rows or people of the file, counted anew, are not those read."""
    nodes = list(root.within(*(f"{kind}_DATA" for kind in KINDS)))
    people = sum(
        float(node.attributes.get(name) or 0) for node in nodes for name in ("TOTAL_1", "TOTAL_2")
    )
    read = float(sum(row.people for *_, rows in outcomes for row in rows))
    for what, there, here in (("rows", len(nodes), written), ("people", people, read)):
        if there != here:
            wrong = f"the file holds {there:g} {what}, and {here:g} were read"
            raise one_problem(file, wrong, "", "rows stand outside of the outcomes of comparisons")
