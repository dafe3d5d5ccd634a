"""A review as a table for metafor, a row a result, and the R script that pools it again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.columns import columns
from liftproof.exchange.draft import (
    OUTCOMES,
    STUDIES,
    Draft,
    DraftRow,
    DraftTable,
    rows_in,
)
from liftproof.exchange.metafor_names import (
    EVENTS_OF_RATES,
    LABEL,
    MISSING,
    NAMES,
    OF_STUDY,
    effect_columns,
)
from liftproof.exchange.metafor_script import HEAD, ScriptedPool, script_of, why_not_in_script
from liftproof.exchange.review_reading import read_draft
from liftproof.exchange.review_writing import as_csv
from liftproof.files import write_text
from liftproof.reviews import read
from liftproof.reviews.model.review_tables import PRIMARY, Outcome
from liftproof.reviews.model.settings import Settings

RESULT = ("study", "outcome", "variant", "arm")
NUMBERS = (
    *("estimate", "ci_low", "ci_high", "p_value", "pi_low", "pi_high"),
    *("tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p"),
)
"""Of an estimate, those that the script holds against metafor's."""
_TABLE = f"""\
dat <- read.csv("{{file}}", na.strings = "NA")
dat$row <- seq_len(nrow(dat))
trials <- function(analysis, group = NULL) {{{{
  found <- data.frame(
    yi = dat[[paste0("yi.", analysis)]], vi = dat[[paste0("vi.", analysis)]],
    study = dat$study, row = dat$row
  )
  found[!is.na(found$yi), ]
}}}}
estimates <- read.csv(text = "
analysis,{",".join(NUMBERS)}
{{rows}}", na.strings = "")
estimates$subgroup <- rep("", nrow(estimates))
"""
_OUTCOME = {item.name for item in columns(Outcome)}
METAFOR = {ours: theirs for theirs, ours in NAMES.items()}


def write_metafor(folder: Path, file: Path) -> tuple[str, ...]:
    """Write the table and, beside it, the script; return what they do not hold."""
    draft = read_draft(folder)
    review = read(folder)
    pools = pool_review(review)
    table = metafor_table(draft, pools)
    write_text(file, as_csv(table))
    write_text(file.with_suffix(".R"), export_script(pools, file.name))
    return tuple(_lost(draft, pools, review.settings))


def metafor_table(draft: Draft, pools: Iterable[PooledAnalysis]) -> DraftTable:
    """Return one row a result: the numbers as typed, and the effects that each analysis pools."""
    studies = {row.cells["study"]: row.cells for row in rows_in(draft, STUDIES)}
    effects = _effects(pools)
    rows = [
        DraftRow(
            line=row.line,
            cells={
                **_renamed(row.cells),
                **_of_study(studies[row.cells["study"]], row.cells),
                **effects.get(_key(row.cells), {}),
            },
        )
        for row in rows_in(draft, OUTCOMES)
    ]
    used = dict.fromkeys(name for row in rows for name, cell in row.cells.items() if cell)
    first = [name for name in ("study", LABEL, "year", *RESULT[1:]) if name in used]
    order = dict.fromkeys((*first, *used))
    filled = [
        DraftRow(line=row.line, cells={name: row.cells.get(name) or MISSING[0] for name in order})
        for row in rows
    ]
    return DraftTable(shown=Path(), columns=tuple(order), rows=tuple(filled))


def export_script(pools: Iterable[PooledAnalysis], file: str) -> str:
    """Return the script beside an exported table; ``file``: name of the table."""
    every = list(pools)
    head = HEAD.format(
        what=f"the analyses of {file}", script=f"{file.removesuffix('.csv')}.R"
    ) + _TABLE.format(file=file, rows="".join(map(_numbers, every)))
    return script_of(
        [ScriptedPool(asked=pool.specification, row=pool.estimate) for pool in every], head
    )


def _numbers(pool: PooledAnalysis) -> str:
    """Return our numbers of an analysis as a line of CSV."""
    values = [getattr(pool.estimate, name) for name in NUMBERS]
    cells = ["" if value is None else repr(float(value)) for value in values]
    return f"{','.join([pool.estimate.analysis, *cells])}\n"


def _key(cells: Mapping[str, str]) -> tuple[str, ...]:
    named = {"variant": PRIMARY} | {name: cell for name, cell in cells.items() if cell}
    return tuple(named.get(name, "") for name in RESULT)


def _effects(pools: Iterable[PooledAnalysis]) -> Mapping[tuple[str, ...], dict[str, str]]:
    """Return the effects by result, each in the two columns of its analysis."""
    effects: dict[tuple[str, ...], dict[str, str]] = {}
    for pool in pools:
        y, v = effect_columns(pool.estimate.analysis)
        for row in pool.effects:
            if row.y is not None and row.v is not None:
                place = (row.study, row.outcome, row.variant, row.arm)
                effects.setdefault(place, {}).update({y: repr(row.y), v: repr(row.v)})
    return effects


def _renamed(cells: Mapping[str, str]) -> dict[str, str]:
    renamed = {METAFOR.get(name, name): cell.strip() for name, cell in cells.items()}
    if renamed.get("t1i") or renamed.get("t2i"):
        renamed |= {rate: renamed.get(count, "") for rate, count in EVENTS_OF_RATES.items()}
    return renamed


def _of_study(study: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    return {_name_of(name, cells): cell.strip() for name, cell in study.items() if name != "study"}


def _name_of(name: str, cells: Mapping[str, str]) -> str:
    """Return the name of a column of studies.csv in the table."""
    if name == "label":
        return LABEL
    return f"{OF_STUDY}{name}" if name in cells or name in _OUTCOME else name


def _lost(draft: Draft, pools: Sequence[PooledAnalysis], settings: Settings) -> Iterator[str]:
    yield from draft.notices
    yield f"{draft.settings_shown}: what its analyses select; only the script knows of methods"
    beside = {one.id: one.pooled_with for one in settings.analyses if one.pooled_with}
    if beside:
        codes = ", ".join(dict.fromkeys(code for each in beside.values() for code in each))
        yield f"{draft.settings_shown}: pooled_with ({codes}) of {', '.join(beside)}"
    for name, table in draft.tables.items():
        if name not in (STUDIES, OUTCOMES):
            yield f"{table.shown}: its {len(table.rows)} rows"
    used = {row.cells["study"] for row in rows_in(draft, OUTCOMES)}
    without = [
        row.cells["study"] for row in rows_in(draft, STUDIES) if row.cells["study"] not in used
    ]
    if without:
        yield f"trials without a result: {', '.join(without)}"
    yield from _not_in_script(pools)


def _not_in_script(pools: Iterable[PooledAnalysis]) -> Iterator[str]:
    """Yield the analyses that the script cannot pool, a line a reason."""
    reasons: dict[str, list[str]] = {}
    for pool in pools:
        reason = why_not_in_script(pool.specification, pool.estimate.k)
        if reason:
            reasons.setdefault(reason, []).append(pool.estimate.analysis)
    for reason, names in reasons.items():
        yield f"{'analyses' if len(names) > 1 else 'analysis'} {', '.join(names)}: {reason}"
