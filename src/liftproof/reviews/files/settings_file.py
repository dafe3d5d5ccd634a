"""``review.yaml`` to settings: every key known, every value of its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from liftproof.reviews.files.cells import KEY, key_of
from liftproof.reviews.files.certainty_keys import BASELINE, POPULATION, baseline_of, population_of
from liftproof.reviews.files.defensible_keys import NAME as MULTIVERSE
from liftproof.reviews.files.defensible_keys import defensible_of
from liftproof.reviews.files.dose_keys import NAME as DOSE
from liftproof.reviews.files.dose_keys import AskedDose, doses_of
from liftproof.reviews.files.yaml_file import Entry, YamlFile
from liftproof.reviews.model.defensible import Defensible
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import ALIASES, CHOICES, REFUSED

_TEXTS = ("title", "citation", "doi", "intervention", "control")
_KEYS = (*_TEXTS, "measure", "analyses", DOSE)
_ANALYSIS_KEYS = (
    *("id", "title", *CHOICES, "subgroup", "select", "variants"),
    *(MULTIVERSE, BASELINE, POPULATION),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An analysis and the lines of its parts.

    ``lines``: such as ("subgroup",), ("select", column), ("select", column, value) or
    ("variants", study) to a line.
    """

    analysis: Analysis
    lines: Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFile:
    """What ``review.yaml`` says; wrong values are replaced by the defaults, and are problems."""

    path: Path
    settings: Settings
    asked: tuple[Asked, ...] = ()
    doses: tuple[AskedDose, ...] = ()
    problems: tuple[Problem, ...] = ()


def settings_of(text: str, shown: Path) -> SettingsFile:
    """Read the text of a ``review.yaml``."""
    file = YamlFile(path=shown)
    root = file.root(text)
    entries = file.entries(root, _KEYS, "file") if root else {}
    if isinstance(root, yaml.MappingNode):
        _require(file, entries, ("title", "analyses"), 1)
    texts = {key: file.string(entries[key]) for key in _TEXTS if key in entries}
    measure = _choice(file, entries, "measure") or Settings(title="").measure
    asked = _asked(file, entries["analyses"], measure) if "analyses" in entries else ()
    doses = doses_of(file, entries[DOSE]) if DOSE in entries else ()
    settings = Settings(
        **{"title": "", **{key: value for key, value in texts.items() if value}},
        measure=measure,
        analyses=tuple(each.analysis for each in asked),
        dose=tuple(each.question for each in doses),
    )
    problems = tuple(file.problems)
    return SettingsFile(path=shown, settings=settings, asked=asked, doses=doses, problems=problems)


def _require(file: YamlFile, entries: Mapping[str, Entry], keys: Iterable[str], line: int) -> None:
    for key in keys:
        entry = entries.get(key)
        if entry is None:
            file.report(key, line, "a required key is missing", "", f"add {key}:")
        elif isinstance(entry.node, yaml.ScalarNode) and not file.text(entry.node):
            file.report(key, entry.line, "a required value is empty", "", "fill it in")


def _choice(file: YamlFile, entries: Mapping[str, Entry], key: str) -> str:
    """Return a value that must be one of a few; empty if it is missing or not one of them."""
    typed = file.string(entries[key]) if key in entries else ""
    value = ALIASES.get(key, {}).get(typed, typed)
    if value and value not in CHOICES[key]:
        reason = REFUSED.get(key, {}).get(value)
        wrong = f"an unsuitable {key}" if reason else f"an unknown {key}"
        remedy = reason or did_you_mean(value, CHOICES[key])
        file.report(key, entries[key].line, wrong, value, remedy)
        return ""
    return value


def _asked(file: YamlFile, entry: Entry, measure: str) -> tuple[Asked, ...]:
    if not isinstance(entry.node, yaml.SequenceNode):
        if not isinstance(entry.node, yaml.ScalarNode) or file.text(entry.node):
            wrong, remedy = "not a list of analyses", "begin each analysis with - id: name"
            file.report("analyses", file.line(entry.node), wrong, "", remedy)
        return ()
    if not entry.node.value:
        file.report("analyses", entry.line, "no analysis", "", "add one: - id: overall")
    asked = tuple(_one(file, node, measure) for node in entry.node.value)
    _unique(file, asked)
    return asked


def _unique(file: YamlFile, asked: Iterable[Asked]) -> None:
    first: dict[str, int] = {}
    for each in asked:
        name, line = each.analysis.id, each.lines.get(("id",), each.analysis.line)
        if name in first:
            wrong = f"two analyses have the same id, the first on line {first[name]}"
            file.report("id", line, wrong, name, "rename one of them")
        elif name:
            first[name] = line


def _one(file: YamlFile, node: yaml.Node, measure: str) -> Asked:
    entries = file.entries(node, _ANALYSIS_KEYS, "analyses")
    if isinstance(node, yaml.MappingNode) or not file.text(node):
        _require(file, entries, ("id", "title"), file.line(node))
    lines: dict[tuple[str, ...], int] = {(key,): entry.line for key, entry in entries.items()}
    choices = {key: _choice(file, entries, key) for key in CHOICES}
    texts = {key: file.string(entries[key]) for key in ("subgroup",) if key in entries}
    analysis = Analysis(
        id=_id(file, entries),
        title=file.string(entries["title"]) if "title" in entries else "",
        select=_select(file, entries, lines),
        variants=_variants(file, entries, lines),
        multiverse=(
            defensible_of(file, entries[MULTIVERSE], lines)
            if MULTIVERSE in entries
            else Defensible()
        ),
        baseline_risk=baseline_of(file, entries[BASELINE]) if BASELINE in entries else None,
        population=(
            population_of(file, entries[POPULATION], lines) if POPULATION in entries else {}
        ),
        line=file.line(node),
        **{"measure": measure, **{key: text for key, text in choices.items() if text}},
        **texts,
    )
    return Asked(analysis=analysis, lines=lines)


def _id(file: YamlFile, entries: Mapping[str, Entry]) -> str:
    name = file.string(entries["id"]) if "id" in entries else ""
    if name and not KEY.fullmatch(name):
        remedy = f"write {key_of(name) or 'overall'}"
        file.report("id", entries["id"].line, "an id has only a-z, 0-9 and _", name, remedy)
    return name


def _select(
    file: YamlFile, entries: Mapping[str, Entry], lines: dict[tuple[str, ...], int]
) -> dict[str, tuple[str, ...]]:
    if "select" not in entries:
        return {}
    select = {}
    for column, entry in file.entries(entries["select"].node, (), "select").items():
        values = file.strings(entry)
        lines["select", column] = entry.line
        lines |= {("select", column, value): line for value, line in values}
        if values:
            select[column] = tuple(value for value, _ in values)
        elif isinstance(entry.node, yaml.SequenceNode) and not entry.node.value:
            file.report(column, entry.line, "an empty list lets nothing in", "", "delete the key")
    return select


def _variants(
    file: YamlFile, entries: Mapping[str, Entry], lines: dict[tuple[str, ...], int]
) -> dict[str, str]:
    if "variants" not in entries:
        return {}
    found = file.entries(entries["variants"].node, (), "variants")
    lines |= {("variants", study): entry.line for study, entry in found.items()}
    named = {study: file.string(entry) for study, entry in found.items()}
    return {study: variant for study, variant in named.items() if variant}
