"""The data package of RevMan Web, CSV files in a ZIP, as the tree of a RevMan file.

Known from Cochrane's page "Data package specification" and from the package that R's meta ships
(``extdata/Fleiss1993.zip``), both of version 1. Columns of later packages that say by which
estimator and interval RevMan pooled are read where their words are known, and refused elsewhere.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from liftproof.exchange.draft import one_problem
from liftproof.exchange.package_files import csv_files
from liftproof.exchange.revman_level import level_in_percent
from liftproof.exchange.xml_tree import XmlNode

ROWS, SETTINGS, ACCURACY = (
    "-data-rows.csv",
    "-overall-estimates-and-settings.csv",
    "-parameters.csv",
)
"""How files of a package end."""
NUMBERED = ("Analysis group", "Analysis number")
KINDS = {
    "Dichotomous": "DICH",
    "Continuous": "CONT",
    "Contrast level": "IV",
    "O-E and variance": "IPD",
}
METHODS = {"MH": "MH", "IV": "IV", "Peto": "PETO", "PETO": "PETO", "EXP_O_E_VAR": "PETO"}
OF_ROWS: Mapping[str, Mapping[str, str]] = {
    "DICH": {
        "EVENTS_1": "Experimental cases",
        "EVENTS_2": "Control cases",
    },
    "CONT": {
        "MEAN_1": "Experimental mean",
        "SD_1": "Experimental SD",
        "MEAN_2": "Control mean",
        "SD_2": "Control SD",
    },
    "IV": {"ESTIMATE": "GIV Mean", "SE": "GIV SE"},
    "IPD": {
        "EVENTS_1": "Experimental cases",
        "EVENTS_2": "Control cases",
        "O_E": "O-E",
        "VAR": "Variance",
    },
}
"""By kind of outcome, RevMan 5's name of an attribute and the column that holds it."""
TOTALS = {"TOTAL_1": "Experimental N", "TOTAL_2": "Control N"}
POOLED = "SUBGROUP_AND_OVERALL"
"""Rows of any other applicability are in no total."""
ESTIMATORS = {"dersimonian": "DL", "restricted": "REML", "reml": "REML"}
INTERVALS = {"wald": "wald", "hartung": "hksj", "hksj": "hksj"}
"""By a part of RevMan's words in small letters, the estimator and the interval of ours."""

LEVELS = ("CI/PI level", "Estimate CI")
"""Columns that may hold the level of a pool, the later packages' first."""
YES_NO = {"true": "YES", "false": "NO", "": "NO", "#n/a": "NO"}
"""By a package's words in small letters, those of RevMan 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageTable:
    """A CSV file of a package; ``shown``: as messages name it."""

    shown: Path
    rows: Sequence[tuple[int, Mapping[str, str]]]


def read_package(file: Path) -> XmlNode:
    """Return the tree of a package; DataError where it is none, or holds words that are unknown."""
    files = csv_files(file)
    if any(name.endswith(ACCURACY) for name in files):
        wrong = "a review of diagnostic accuracy, whose results are no comparisons of two arms"
        raise one_problem(file, wrong, "", "import a review of interventions")
    settings = _table(file, files, SETTINGS, (*NUMBERED, "Data type", "Effect measure"))
    rows = _table(file, files, ROWS, (*NUMBERED, "Study", "Experimental N", "Control N"))
    root = XmlNode(tag="", attributes={}, line=1)
    root.children += [_studies(rows), *_comparisons(settings, rows)]
    return root


def _table(
    file: Path, files: Mapping[str, bytes], ending: str, needed: Sequence[str]
) -> PackageTable:
    name = next((name for name in files if name.endswith(ending)), "")
    if not name:
        wrong = f"the package has no file that ends with {ending}"
        raise one_problem(file, wrong, "", "export the data package of RevMan Web")
    shown = file / Path(name).name
    try:
        reader = csv.DictReader(StringIO(files[name].decode("utf-8-sig"), newline=""), strict=True)
        rows = [
            (reader.line_num, {key: (cell or "").strip() for key, cell in row.items() if key})
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise one_problem(
            shown, "no CSV that can be read", str(error), "export it again"
        ) from error
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        wrong = f"the column {missing[0]} is missing"
        raise one_problem(shown, wrong, "", "export the data package of RevMan Web")
    return PackageTable(shown=shown, rows=rows)


def _studies(rows: PackageTable) -> XmlNode:
    studies: dict[str, XmlNode] = {}
    for line, row in rows.rows:
        named = {"ID": row["Study"], "NAME": row["Study"], "YEAR": row.get("Study year", "")}
        studies.setdefault(row["Study"], XmlNode(tag="STUDY", attributes=named, line=line))
    included = XmlNode(tag="INCLUDED_STUDIES", attributes={}, line=1)
    included.children += studies.values()
    return included


def _comparisons(settings: PackageTable, rows: PackageTable) -> Iterator[XmlNode]:
    """Yield a comparison an analysis group, with its outcomes and their rows."""
    groups: dict[str, XmlNode] = {}
    by_number: dict[tuple[str, str], list[tuple[int, Mapping[str, str]]]] = {}
    for line, row in rows.rows:
        by_number.setdefault((row[NUMBERED[0]], row[NUMBERED[1]]), []).append((line, row))
    for line, asked in settings.rows:
        group, number = (asked[name] for name in NUMBERED)
        node = XmlNode(tag="COMPARISON", attributes={"NO": group}, line=line)
        outcome = _outcome(settings, line, asked, by_number.pop((group, number), []))
        groups.setdefault(group, node).children.append(outcome)
    if by_number:
        (group, number), ((line, _), *_) = next(iter(by_number.items()))
        wrong = f"rows of an analysis without settings, {group}.{number}"
        raise one_problem(rows.shown, wrong, "", "export it again", line=line)
    yield from groups.values()


def _outcome(
    settings: PackageTable,
    line: int,
    asked: Mapping[str, str],
    rows: Sequence[tuple[int, Mapping[str, str]]],
) -> XmlNode:
    def known(words: Mapping[str, str], column: str) -> str:
        typed = asked.get(column, "")
        if typed not in words:
            remedy = f"known are {', '.join(words)}"
            wrong = "unknown words"
            raise one_problem(settings.shown, wrong, typed, remedy, line=line, column=column)
        return words[typed]

    kind = known(KINDS, "Data type")
    method = "IV" if kind == "IV" else known(METHODS, "Statistical method")
    is_total = asked.get("Overall estimates", "").lower() == "true"
    is_subtotal = asked.get("Subgroup estimates", "").lower() == "true"
    of_level = next((name for name in LEVELS if asked.get(name)), LEVELS[0])
    level = level_in_percent(settings.shown, line, of_level, asked.get(of_level, ""))
    node = XmlNode(
        tag=f"{kind}_OUTCOME",
        line=line,
        attributes={
            "NO": asked[NUMBERED[1]],
            "EFFECT_MEASURE": _measure(asked["Effect measure"]),
            "METHOD": method,
            "RANDOM": "YES" if asked.get("Analysis model", "").startswith("Random") else "NO",
            "TOTALS": "YES" if is_total else "SUB" if is_subtotal else "NO",
            "SWAP_EVENTS": _yes_no(settings, line, asked, "Swap event and non-event"),
            "CI_TOTAL": level,
            "TAU2": _part(settings, line, asked, "Heterogeneity estimator", ESTIMATORS),
            "INTERVAL": _part(settings, line, asked, "CI method", INTERVALS),
        },
    )
    name = asked.get("Analysis name", "")
    node.children.append(XmlNode(tag="NAME", attributes={}, line=line, words=name))
    node.children += _rows(kind, rows)
    return node


def _yes_no(settings: PackageTable, line: int, asked: Mapping[str, str], column: str) -> str:
    typed = asked.get(column, "")
    if typed.lower() not in YES_NO:
        remedy = "write true or false"
        raise one_problem(settings.shown, "unknown words", typed, remedy, line=line, column=column)
    return YES_NO[typed.lower()]


def _measure(typed: str) -> str:
    return typed.lower().replace("standardized", "standardised").removesuffix(" (non-event)")


def _part(
    settings: PackageTable,
    line: int,
    asked: Mapping[str, str],
    column: str,
    words: Mapping[str, str],
) -> str:
    """Return what RevMan's words of a method stand for, empty where nothing is said."""
    typed = asked.get(column, "").lower()
    found = next((ours for part, ours in words.items() if part in typed), "")
    is_random = asked.get("Analysis model", "").startswith("Random")
    if typed and typed != "#n/a" and not found and is_random:
        wrong, remedy = "unknown words", f"known are words with {', '.join(words)}"
        raise one_problem(settings.shown, wrong, asked[column], remedy, line=line, column=column)
    return found


def _rows(kind: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[XmlNode]:
    """Yield the rows of an outcome, those of a subgroup within one."""
    groups: dict[str, XmlNode] = {}
    for line, row in rows:
        columns = {**OF_ROWS[kind], **TOTALS}
        attributes = {name: row.get(column, "") for name, column in columns.items()}
        is_pooled = row.get("Applicability", POOLED) in (POOLED, "")
        is_estimable = bool(row.get("Mean", "0")) and is_pooled
        attributes |= {"STUDY_ID": row["Study"], "ESTIMABLE": "YES" if is_estimable else "NO"}
        node = XmlNode(tag=f"{kind}_DATA", attributes=attributes, line=line)
        name = row.get("Subgroup", "")
        if not name:
            yield node
            continue
        if name not in groups:
            groups[name] = XmlNode(tag=f"{kind}_SUBGROUP", attributes={}, line=line)
            title = XmlNode(tag="NAME", attributes={}, line=line, words=name)
            groups[name].children.append(title)
        groups[name].children.append(node)
    yield from groups.values()
