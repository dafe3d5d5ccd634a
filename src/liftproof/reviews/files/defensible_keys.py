"""The key ``multiverse`` of an analysis: every key known, every option one of its kind."""

import yaml

from liftproof.reviews.files.yaml_file import Entry, YamlFile
from liftproof.reviews.model.defensible import ALLOWED, Defensible
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import ALIASES

NAME = "multiverse"
_KEYS = (*ALLOWED, "icc", "doubtful", "variants")
Lines = dict[tuple[str, ...], int]


def defensible_of(file: YamlFile, entry: Entry, lines: Lines) -> Defensible:
    """Read the value of the key; what is wrong becomes a problem of the file.

    ``lines`` gains the lines of what names columns, trials and variants.
    """
    entries = file.entries(entry.node, _KEYS, NAME)
    listed = {key: _options(file, entries[key]) for key in ALLOWED if key in entries}
    return Defensible(
        is_asked=True,
        **listed,
        icc=_correlations(file, entries["icc"]) if "icc" in entries else None,
        doubtful=_lists(file, entries["doubtful"], lines) if "doubtful" in entries else None,
        variants=_lists(file, entries["variants"], lines) if "variants" in entries else {},
    )


def _options(file: YamlFile, entry: Entry) -> tuple[str, ...]:
    allowed, found = ALLOWED[entry.key], []
    for typed, line in file.strings(entry):
        value = ALIASES.get(entry.key, {}).get(typed, typed)
        if value in allowed:
            found.append(value)
        else:
            remedy = did_you_mean(value, allowed)
            file.report(entry.key, line, f"an unknown {entry.key} in {NAME}", typed, remedy)
    _require_some(file, entry)
    return tuple(dict.fromkeys(found))


def _correlations(file: YamlFile, entry: Entry) -> tuple[float, ...]:
    found = []
    for typed, line in file.strings(entry):
        value = _number(typed)
        if value is not None and 0 <= value <= 1:
            found.append(value)
        else:
            remedy = "write numbers from 0 to 1, such as [0.01, 0.05]"
            file.report(entry.key, line, "not an intracluster correlation", typed, remedy)
    return tuple(dict.fromkeys(found))


def _number(typed: str) -> float | None:
    try:
        return float(typed)
    except ValueError:
        return None


def _lists(file: YamlFile, entry: Entry, lines: Lines) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, each in file.entries(entry.node, (), entry.key).items():
        values = file.strings(each)
        lines[NAME, entry.key, name] = each.line
        lines |= {(NAME, entry.key, name, value): line for value, line in values}
        found[name] = tuple(value for value, _ in values)
        _require_some(file, each)
    return found


def _require_some(file: YamlFile, entry: Entry) -> None:
    if isinstance(entry.node, yaml.SequenceNode) and not entry.node.value:
        file.report(entry.key, entry.line, "an empty list", "", "delete the key, or list options")
