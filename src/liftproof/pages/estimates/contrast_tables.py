"""Whether groups of trials differ: the table of contrasts, and what it can and cannot say."""

from collections.abc import Callable

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import NOTHING, PageTable, headings, in_words, shown_p
from liftproof.rows.contrast_rows import ALL, PRINTED, SUBGROUPS, ContrastRow
from liftproof.vocabulary.levels import level_text
from liftproof.words import numbers
from liftproof.words.marks import own_marks
from liftproof.words.numbers import estimate_text
from liftproof.words.text import counted, minus

HOW = (
    "Each estimate keeps its own τ² and its own standard error; no τ² is shared. All of them are "
    "tested at once by Cochran's Q of the estimates against χ², pairs by z: first over second for "
    "ratios, so that below 1 the first is the lower, else first minus second. Their p values are "
    "adjusted for all pairs of a comparison (Holm). The test holds for estimates without a "
    "common trial."
)
CAUTION = (
    "Nobody was randomised between these groups: their trials differ in more than what names the "
    "groups, and a large p value does not show that the groups agree."
)
OF_PRINTS = (
    "Standard errors of printed estimates come from their printed limits; which trials stand "
    "behind them is not known in full, and that they have none in common is taken on trust."
)


def contrasts_table(inputs: ReviewInputs) -> PageTable:
    """Return the tests of a review, each of all estimates followed by those of pairs."""
    return PageTable(
        key=f"review-{inputs.review.name}-contrasts",
        caption="χ² of all estimates of a comparison, then z of each pair of them",
        headings=headings(
            *(
                "Comparison",
                "Of what",
                "# Effects",
                f"# Contrast ({level_text(inputs.review.settings.level)} limits)",
            ),
            *("# χ² (df), or z", "# p", "# p, adjusted", "¶ Remark"),
        ),
        rows=tuple(_row(row, inputs.review.settings.named) for row in inputs.rows(ContrastRow)),
    )


def contrast_sentences(inputs: ReviewInputs) -> tuple[str, ...]:
    """Return how the tests of a review were made and what they do not show; none without tests."""
    rows = inputs.rows(ContrastRow)
    tested = [row for row in rows if row.statistic is not None]
    if not tested:
        return ()
    is_of_prints = any(row.compared == PRINTED for row in tested)
    return (HOW, CAUTION, *((OF_PRINTS,) if is_of_prints else ()))


def _row(row: ContrastRow, named: Callable[[str], str]) -> tuple[str, ...]:
    is_pair = row.test != ALL
    p = (shown_p(row.p_value), shown_p(row.holm_p))
    return (
        f"{row.title}{own_marks(row)}",
        _of_what(row, named),
        NOTHING if row.k is None else str(row.k),
        estimate_text(row.estimate, row.ci_low, row.ci_high) if is_pair else NOTHING,
        statistic_text(row) if row.statistic is not None else NOTHING,
        *p,
        row.note,
    )


def _of_what(row: ContrastRow, named: Callable[[str], str]) -> str:
    """Return what one row compares, in words.

    >>> _of_what(ContrastRow(review="r", contrast="c", title="t", compared="printed", test="pair",
    ...     first="strength", second="stretching", measure="RR", estimates=2), str)
    'strength / stretching (printed)'
    """
    source = " (printed)" if row.compared == PRINTED else ""
    if row.test == ALL:
        noun = "subgroup" if row.compared == SUBGROUPS else "estimate"
        return f"all {counted(row.estimates, noun)}{source}" if row.estimates > 1 else NOTHING
    return f"{in_words(named(row.first))} / {in_words(named(row.second))}{source}"


def statistic_text(row: ContrastRow) -> str:
    """Return χ² with its degrees of freedom, or z.

    >>> statistic_text(ContrastRow(review="r", contrast="c", title="t", compared="subgroups",
    ...     test="all", measure="RR", estimates=4, statistic=8.123, df=3))
    'χ² 8.12 (3)'
    """
    value = minus(numbers.decimal(row.statistic))
    return f"χ² {value} ({row.df})" if row.test == ALL else f"z {value}"
