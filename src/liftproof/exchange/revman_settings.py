"""The analyses of a RevMan file by the methods that it names, and what is kept out of them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from liftproof.exchange.draft import DraftRow, one_problem
from liftproof.exchange.new_settings import NewAnalysis, quoted, settings_of_new
from liftproof.exchange.revman_level import USUAL_LEVEL, as_share, level_in_percent
from liftproof.exchange.revman_names import (
    GROUP,
    KEPT_OUT,
    OWN_MODELS,
)
from liftproof.exchange.revman_rows import RevManOutcome, RevManRow
from liftproof.exchange.xml_tree import XmlNode

Rows = list[tuple[str, RevManOutcome, tuple[RevManRow, ...]]]
"""The outcomes of a file: key, outcome, its rows."""


def settings_of_revman(file: Path, title: str, outcomes: Rows) -> str:
    """Return the ``review.yaml`` of a file; DataError where RevMan pools nothing of it."""
    analyses = [each for key, outcome, rows in outcomes for each in _analyses(key, outcome, rows)]
    if not analyses:
        remedy = "ask for totals of one outcome in RevMan"
        raise one_problem(file, "RevMan pools no outcome of the file", "", remedy)
    measure = next(outcome.measure for _, outcome, rows in outcomes if rows)
    return settings_of_new(title, measure, analyses, as_share(level_of(file, outcomes)))


def level_of(file: Path, outcomes: Rows) -> str:
    """Return the level, in percent, of all pools of a file; the usual one where they differ."""
    levels = {_level(file, outcome) for _, outcome, _ in outcomes if not why_not_pooled(outcome)}
    return levels.pop() if len(levels) == 1 else USUAL_LEVEL


def _level(file: Path, outcome: RevManOutcome) -> str:
    node = outcome.node
    return level_in_percent(file, node.line, "CI_TOTAL", node.attributes.get("CI_TOTAL", ""))


def _analyses(
    key: str, outcome: RevManOutcome, rows: tuple[RevManRow, ...]
) -> Iterator[NewAnalysis]:
    """Yield the analysis of an outcome, or one a group where RevMan pools those alone."""
    pooled = [row for row in rows if not row.kept_out and not row.unusable]
    totals = outcome.node.attributes.get("TOTALS", "YES")
    if why_not_pooled(outcome) or not pooled:
        return
    groups = dict.fromkeys(row.group for row in pooled if row.group)
    lines = _methods(outcome, rows)
    if totals == "SUB" and groups:
        for place, group in enumerate(groups, start=1):
            yield NewAnalysis(
                id=f"{key}_{place}",
                title=f"{outcome.name}: {group}",
                lines=(f"select: {{outcome: {key}, {GROUP}: [{quoted(group)}]}}", *lines),
            )
        return
    subgroup = (f"subgroup: {GROUP}",) if groups else ()
    yield NewAnalysis(id=key, title=outcome.name, select=key, lines=(*lines, *subgroup))


def why_not_pooled(outcome: RevManOutcome) -> str:
    """Return why an outcome gets no analysis, empty where it gets one."""
    if outcome.node.attributes.get("TOTALS") == "NO":
        return "RevMan shows no total"
    if outcome.node.attributes.get("SWAP_EVENTS") == "YES":
        return "RevMan counts non-events as events"
    return ""


def _methods(outcome: RevManOutcome, rows: Iterable[RevManRow]) -> tuple[str, ...]:
    asked = outcome.node.attributes
    is_random = asked.get("RANDOM") == "YES"
    model = (
        "" if is_random or outcome.kind != "DICH" else OWN_MODELS.get(asked.get("METHOD", ""), "")
    )
    pooling = (
        (f"model: {model}",)
        if model
        else (
            f"tau2: {asked.get('TAU2') or 'DL' if is_random else 'FE'}",
            f"interval: {(is_random and asked.get('INTERVAL')) or 'wald'}",
        )
    )
    smd = ("smd: revman",) if outcome.measure == "SMD" and outcome.kind == "CONT" else ()
    reasons = ", ".join(sorted({row.kept_out for row in rows if row.kept_out}))
    kept_out = (f"leave_out: {{{KEPT_OUT}: [{reasons}]}}",) if reasons else ()
    return (f"measure: {outcome.measure}", *pooling, *smd, *kept_out)


def notices_of_revman(
    file: Path, root: XmlNode, outcomes: Rows, keys: Mapping[str, tuple[str, DraftRow]]
) -> Iterator[str]:
    """Yield what is not taken over, or kept out of pools."""
    for _, outcome, rows in outcomes:
        shown = f"{file}:{outcome.node.line}: outcome {outcome.number} {outcome.name}"
        reason = why_not_pooled(outcome)
        if reason:
            yield f"{shown}: {reason}; its rows are in no analysis"
        asked = outcome.node.attributes
        if asked.get("RANDOM") == "YES" and asked.get("METHOD") == "MH":
            yield f"{shown}: τ² rests on Mantel-Haenszel's Q in RevMan, on inverse variances here"
        if (own := _level(file, outcome)) != (level := level_of(file, outcomes)):
            yield f"{shown}: limits at {own} %, here at {level} %"
        for row in rows:
            why = row.unusable or row.kept_out.replace("_", " ")
            if why:
                label = keys[row.study_id][1].cells["label"]
                yield f"{file}:{row.node.line}: {label}: kept out of pools: {why}"
    others = list(root.within("OTHER_DATA"))
    if others:
        yield f"{file}: {len(others)} rows of outcomes in words"
    judged = list(root.within("QUALITY_ITEM_DATA_ENTRY"))
    if judged:
        yield f"{file}: {len(judged)} judgements of the risk of bias"
