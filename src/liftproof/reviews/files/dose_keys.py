"""The key ``dose`` to questions: every key known, every value of its kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import yaml

from liftproof.reviews.files.cells import KEY, key_of
from liftproof.reviews.files.yaml_file import Entry, YamlFile
from liftproof.reviews.model.dose_question import FORMS, INTERVALS, LINEAR, TIMES, DoseQuestion
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import ALIASES, CHOICES

NAME = "dose"
_REQUIRED = ("id", "title", "analysis", "dose")
_TEXTS = ("title", "analysis", "adjusted_by", "unit", "target")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "form": FORMS,
    "interval": tuple(dict.fromkeys(name for names in INTERVALS.values() for name in names)),
    "tau2": CHOICES["tau2"],
}
_KEYS = (*_REQUIRED, *_TEXTS[2:], *_CHOICES, "per", "claimed_points", "without", "variants")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDose:
    """A question and the lines of its keys; ("without", study) and ("variants", study) too."""

    question: DoseQuestion
    lines: Mapping[tuple[str, ...], int]


def doses_of(file: YamlFile, entry: Entry) -> tuple[AskedDose, ...]:
    """Read the value of the key; what is wrong becomes a problem of the file."""
    if not isinstance(entry.node, yaml.SequenceNode):
        wrong, remedy = "not a list of questions", "begin each question with - id: name"
        file.report(NAME, entry.line, wrong, file.text(entry.node), remedy)
        return ()
    asked = tuple(_one(file, node) for node in entry.node.value)
    _unique(file, asked)
    return asked


def _one(file: YamlFile, node: yaml.Node) -> AskedDose:
    entries = file.entries(node, _KEYS, NAME)
    for key in _REQUIRED:
        if key not in entries:
            file.report(key, file.line(node), "a required key is missing", "", f"add {key}:")
        elif not file.string(entries[key]):
            file.report(key, entries[key].line, "a required value is empty", "", "fill it in")
    lines: dict[tuple[str, ...], int] = {(key,): entry.line for key, entry in entries.items()}
    texts = {key: file.string(entries[key]) for key in _TEXTS if key in entries}
    values: dict[str, Any] = {
        **texts,
        **{key: _choice(file, entries[key]) for key in _CHOICES if key in entries},
        **_numbers(file, entries),
    }
    question = DoseQuestion(
        **{"title": "", "analysis": "", **{key: value for key, value in values.items() if value}},
        id=_id(file, entries),
        columns=_columns(file, entries),
        without=_without(file, entries, lines),
        variants=_variants(file, entries, lines),
        line=file.line(node),
    )
    if "per" in entries and question.form != LINEAR:
        wrong = f"the form {question.form} has no unit of its slope"
        file.report("per", entries["per"].line, wrong, file.string(entries["per"]), "delete it")
    return AskedDose(question=question, lines=lines)


def _id(file: YamlFile, entries: Mapping[str, Entry]) -> str:
    name = file.string(entries["id"]) if "id" in entries else ""
    if name and not KEY.fullmatch(name):
        remedy = f"write {key_of(name) or 'repetitions'}"
        file.report("id", entries["id"].line, "an id has only a-z, 0-9 and _", name, remedy)
    return name


def _columns(file: YamlFile, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    text = file.string(entries["dose"]) if "dose" in entries else ""
    return tuple(part.strip() for part in text.split(TIMES)) if text else ()


def _choice(file: YamlFile, entry: Entry) -> str:
    typed = file.string(entry)
    value = ALIASES.get(entry.key, {}).get(typed, typed)
    if value and value not in _CHOICES[entry.key]:
        remedy = did_you_mean(value, _CHOICES[entry.key])
        file.report(entry.key, entry.line, f"an unknown {entry.key} in {NAME}", typed, remedy)
        return ""
    return value


def _numbers(file: YamlFile, entries: Mapping[str, Entry]) -> dict[str, float]:
    """Return ``per``, above 0, and ``claimed_points``, not 0."""
    rules: Mapping[str, tuple[Callable[[float], bool], str]] = {
        "per": (lambda value: value > 0, "write a number above 0, such as 100"),
        "claimed_points": (lambda value: value != 0, "write a number, below 0 for a fall"),
    }
    found = {}
    for key, (fits, remedy) in rules.items():
        text = file.string(entries[key]) if key in entries else ""
        value = _number(text)
        if value is not None and fits(value):
            found[key] = value
        elif text:
            file.report(key, entries[key].line, f"not a usable {key}", text, remedy)
    return found


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _without(
    file: YamlFile, entries: Mapping[str, Entry], lines: dict[tuple[str, ...], int]
) -> tuple[str, ...]:
    values = file.strings(entries["without"]) if "without" in entries else []
    lines |= {("without", study): line for study, line in values}
    return tuple(study for study, _ in values)


def _variants(
    file: YamlFile, entries: Mapping[str, Entry], lines: dict[tuple[str, ...], int]
) -> dict[str, str]:
    if "variants" not in entries:
        return {}
    found = file.entries(entries["variants"].node, (), "variants")
    lines |= {("variants", study): entry.line for study, entry in found.items()}
    return {study: file.string(entry) for study, entry in found.items()}


def _unique(file: YamlFile, asked: Iterable[AskedDose]) -> None:
    first: dict[str, int] = {}
    for each in asked:
        name, line = each.question.id, each.lines.get(("id",), each.question.line)
        if name and name in first:
            wrong = f"two questions have the same id, the first on line {first[name]}"
            file.report("id", line, wrong, name, "rename one of them")
        first.setdefault(name, line)
