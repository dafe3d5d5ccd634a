"""Write the tables of docs/reproduced.md: python tests/support/make_reproduced.py.

To be run when a reference number or an estimate of ours changes; what it writes is to be read.
"""

from collections import Counter
from itertools import groupby
from pathlib import Path

from support.published_training import PAPERS, computed, groups, verdict

PAGE = Path(__file__).parents[2] / "docs" / "reproduced.md"
START, END = "<!-- the tables -->\n", "<!-- the end of the tables -->\n"
NAMES = {
    "velocity": "bar velocity with and without feedback, 15 effects of 7 studies",
    "jump": "jumps after training with and without feedback, 6 effects of 3 studies",
    "sprint": "sprints after training with and without feedback, 8 effects of 3 studies",
    "failure": "muscle size, sets to failure or not, 18 effects of 9 studies",
    "velocity_loss": "muscle size, high or moderate loss of velocity, 11 effects of 6 studies",
}
QUANTITIES = {
    "ci_low": "lower limit",
    "ci_high": "upper limit",
    "pi_low": "PI, lower limit",
    "pi_high": "PI, upper limit",
    "i2_effect": "I² of effects",
    "i2_study": "I² of studies",
    "i2_total": "I²",
    "q": "Q",
    "q_p": "p of Q",
    "p_difference": "p of the difference",
    "se": "SE",
}
"""By quantity, its name; others are their own."""
TOGETHER = {"ci_low": " ({}", "ci_high": " to {})", "pi_low": ", PI {}", "pi_high": " to {}"}
"""How limits are written after an estimate."""


def verdicts():
    """Return how many printed numbers have each verdict."""
    return Counter(
        verdict(row, found[row["quantity"]], span[row["quantity"]])
        for analysis, group, rows in groups()
        for found, span in [computed(analysis, group)]
        for row in rows
    )


def tables():
    """Return the tables, a row for each group of printed numbers."""
    counts = verdicts()
    lines = [
        f"Of {counts.total()} printed numbers {counts['as printed']} are met as printed, "
        f"{counts['within rounding']} within what the rounding of the inputs leaves open, "
        f"{counts['differs']} differ.",
    ]
    for analysis, found in groupby(groups(), lambda one: one[0]):
        source = next(paper.source for paper in PAPERS.values() if analysis in paper.analyses)
        lines += ["", f"**{NAMES[analysis].capitalize()}** ({source})", ""]
        lines += [
            "| group | printed | here | where not to the last digit: possible |",
            "| --- | --- | --- | --- |",
        ]
        lines += [_line(analysis, group, rows) for _, group, rows in found]
    return "\n".join(lines) + "\n"


def _line(analysis, group, rows):
    found, span = computed(analysis, group)
    there = _written((row["quantity"], row["printed"]) for row in rows)
    here = _written((row["quantity"], _digits(found[row["quantity"]], 3)) for row in rows)
    apart = [
        f"{QUANTITIES.get(name, name)} {_digits(span[name][0], 4)} to {_digits(span[name][1], 4)}"
        for row in rows
        for name in [row["quantity"]]
        if verdict(row, found[name], span[name]) != "as printed"
    ]
    return f"| {group or 'all'} | {there} | {here} | {', '.join(apart)} |"


def _written(numbers):
    parts = [
        text
        if name == "estimate"
        else TOGETHER[name].format(text)
        if name in TOGETHER
        else f", {QUANTITIES.get(name, name)} {text}"
        for name, text in numbers
    ]
    return "".join(parts).removeprefix(", ")


def _digits(number, digits):
    return f"{number:.{2 if abs(number) >= 10 else digits}f}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    PAGE.write_text(before + START + tables() + END + rest.partition(END)[2], encoding="utf-8")
