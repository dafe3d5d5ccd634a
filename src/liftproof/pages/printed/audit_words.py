"""What an audit of a forest plot found, in sentences made from its numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from liftproof.analysis.audit.audited_review import line_of
from liftproof.analysis.audit.whole_audit import Audit
from liftproof.pages.printed.audited_pool_words import DOUBLE_STOP, WEIGHTS
from liftproof.pages.printed.found_causes import cause_rows
from liftproof.reviews.model.audited_line import POOL, TRIAL
from liftproof.rows.audit_rows import AuditedNumberRow, AuditFindingRow
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.result_rows import ReproductionRow
from liftproof.words.text import minus

RULES: Mapping[str, str] = {
    "no_effect": "The row has no {measure}: {reason}.",
    "ratio_not_positive": "A ratio is above 0; printed is {estimate} ({ci_low} to {ci_high}).",
    "limits_swapped": "The lower limit, {ci_low}, is not below the upper one, {ci_high}; computed "
    "with the smaller as the lower.",
    "limits_do_not_bracket": "The estimate, {estimate}, lies outside its limits, {ci_low} to "
    "{ci_high}, whose middle is {centre}.",
    "limits_not_symmetric": "The limits, {ci_low} to {ci_high}, have their middle at {centre}, not "
    "at the estimate, {estimate}.",
    "p_does_not_fit": "Estimate and limits imply a p value of {low} to {high}; printed is {p}.",
    "smd_large": "A standardised difference of {estimate} is rare: look for a standard error in "
    "the place of a standard deviation.",
    "events_above_n": "{events} with an event among {n}.",
    "percentage_impossible": "No count of {n} gives {percentage}\u202f%.",
    "percentage_not_of_events": "{events} of {n} are {exact}\u202f%, not {percentage}\u202f%.",
    "mean_impossible": "No {n} whole numbers have a mean of {mean} (GRIM).",
    "sd_impossible": "No {n} whole numbers with a mean of {mean} have a standard deviation of {sd} "
    "(GRIMMER).",
    "sd_like_se": "The standard deviation, {sd}, looks like a standard error: half of the others "
    "are above {usual}, and {sd} × √{n} is {as_sd}.",
    "arms_exchanged": "The printed effect follows once the arms are exchanged: the numbers of one "
    "stand in the columns of the other.",
    "pool_exchanged": "With the arms of {back} put back, {reproduced} of {prints} printed numbers "
    "follow, in place of {before}.",
    "trial_twice": "The same numbers as of {other} on line {other_line}: one trial twice?",
    "label_twice": "The same label as on line {other_line}: one trial twice?",
    "control_shared": "The same control arm as of {other} on line {other_line}: its people are "
    "counted twice unless it was divided.",
    "total_differs": "Printed is {printed}; the rows add up to {sum}.",
    "weights_sum": "The {k} printed weights add up to {sum}\u202f%.",
    "weight_off": "The other weights of the pool follow by {method}; this one, {weight}, does not.",
    "pool_of_fewer": "Estimate and limits follow, by {method}, without {without}.",
}
"""By rule, its sentence; the numbers are those of the finding."""
REASONS: Mapping[str, str] = {
    "left_out": " It would be so without {left_out}.",
    "counted_twice": " It would be so with {counted_twice} counted twice.",
    "with_back": " It would be so with the arms of {with_back} put back.",
    "slip": " With {slip}, {meant} was meant.",
    "pooled_if": " The pooled estimate is {pooled}, and {pooled_if} if it is one.",
}
"""By number of a finding, what is added where it is known."""
EXCHANGED = "the arms of a trial exchanged"


def number_rows(audit: Audit) -> tuple[AuditedNumberRow, ...]:
    """Return every printed number with verdict and cause, in the order of the file."""
    causes = {(row.target, row.quantity): row for row in cause_rows(audit.causes)}
    slips = {(one.line, one.cell): one for one in finding_rows(audit) if "slip" in one.numbers}
    back = {
        (one.line, name): one
        for one in finding_rows(audit)
        for name in one.numbers.get("follows", "").split("; ")
    }
    labels = {row.line: row.record.label for row in (*audit.table.trials, *audit.table.pools)}
    pools = {row.line for row in audit.table.pools}
    rows = [
        _number_row(
            row,
            causes.get((row.target, row.quantity)),
            back.get((line, row.quantity), slips.get((line, row.quantity))),
            labels[line],
            POOL if line in pools else TRIAL,
        )
        for row in audit.numbers.rows
        for line in [line_of(row)]
    ]
    return tuple(sorted((*rows, *audit.weights_of), key=lambda row: row.line))


def _number_row(
    row: ReproductionRow,
    cause: CauseRow | None,
    shown: AuditFindingRow | None,
    label: str,
    kind: str,
) -> AuditedNumberRow:
    """Return a number with its cause.

    ``shown``: what the other prints give away: a slip, which is told where no cause is named, or
    rows with exchanged arms, without which the number follows.
    """
    named, words = (cause.cause, cause.words) if cause else ("", row.missing)
    if shown and "back" in shown.numbers:
        named, words = EXCHANGED, shown.words
    elif shown and not named:
        named, words = shown.numbers["slip"], shown.words
    return AuditedNumberRow(
        line=line_of(row),
        label=label,
        kind=kind,
        quantity=row.quantity,
        printed=row.printed,
        computed=row.computed,
        verdict=row.verdict,
        cause=named,
        words=words,
    )


def finding_rows(audit: Audit) -> tuple[AuditFindingRow, ...]:
    """Return the findings with their sentences."""
    return tuple(replace(one, words=finding_sentence(one)) for one in audit.findings)


def finding_line(one: AuditFindingRow) -> str:
    """Return a finding with its place and rule, as the command line prints it."""
    return f"line {one.line}, {one.label}, {one.cell}: {one.words} [{one.rule}]"


def finding_sentence(one: AuditFindingRow) -> str:
    """Return a finding as a sentence.

    >>> numbers = {"events": "16", "n": "15"}
    >>> finding_sentence(AuditFindingRow(rule="events_above_n", line=2, label="One 2001",
    ...                                  cell="events_control", numbers=numbers))
    '16 with an event among 15.'
    """
    shown = {name: minus(WEIGHTS.get(text, text)) for name, text in one.numbers.items()}
    reasons = (text for name, text in REASONS.items() if name in shown)
    text = "".join((RULES[one.rule], *reasons)).format_map(_Missing(shown))
    return DOUBLE_STOP.sub(".", text)


class _Missing(dict[str, str]):
    """Numbers by name; a name that is not known stands for nothing printed."""

    def __missing__(self, key: str) -> str:
        return "nothing"


def short_number(value: float | None) -> str:
    """Return a computed number with four digits, a count with all of them."""
    if value is None:
        return ""
    return minus(f"{value:.0f}" if value.is_integer() else f"{value:.4g}")


def told_once(
    numbers: Iterable[AuditedNumberRow], findings: Iterable[AuditFindingRow]
) -> tuple[AuditedNumberRow, ...]:
    """Return the numbers that have words which no finding of their line says too."""
    told = {(one.line, one.words) for one in findings}
    return tuple(row for row in numbers if row.words and (row.line, row.words) not in told)


def cause_lines(rows: Iterable[AuditedNumberRow]) -> Iterator[str]:
    """Yield what is told of numbers, once for those of a line that share it."""
    together: dict[tuple[int, str, str], list[str]] = {}
    for row in rows:
        together.setdefault((row.line, row.label, row.words), []).append(row.quantity)
    for (line, label, words), quantities in together.items():
        yield f"line {line}, {label}, {', '.join(quantities)}: {words}"
