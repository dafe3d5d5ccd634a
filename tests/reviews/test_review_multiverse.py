"""The key ``multiverse`` of an analysis: what is read from it, and what is wrong with it."""

import pytest

from liftproof.reviews import read
from liftproof.reviews.model.defensible import Defensible

FILE, LINE = "review.yaml", "    variants: {petersen2011: adjusted}\n"


def with_key(review, text):
    review.replace(FILE, LINE, f"{LINE}    multiverse: {text}\n")


def test_what_is_listed_is_read(review):
    with_key(
        review,
        "{tau2: [EE, DL], interval: z, icc: [0.01, 0.05], doubtful: {level: [elite]}, "
        "variants: {petersen2011: [primary]}}",
    )
    asked = read(review.folder).settings.analyses[0].multiverse
    assert (asked.tau2, asked.interval, asked.icc) == (("FE", "DL"), ("wald",), (0.01, 0.05))
    assert asked.doubtful == {"level": ("elite",)}
    assert asked.variants == {"petersen2011": ("primary",)}
    assert asked.measure == ()


def test_the_key_asks_even_without_options(review):
    assert not read(review.folder).settings.analyses[0].multiverse.is_asked
    with_key(review, "{}")
    assert read(review.folder).settings.analyses[0].multiverse == Defensible(is_asked=True)


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("{tau: [DL]}", "tau", ["unknown key", "did you mean tau2?"]),
        ("{tau2: [DM]}", "tau2", ["unknown tau2 in multiverse", "DM"]),
        ("{zero_cells: [lone]}", "zero_cells", ["unknown zero_cells"]),
        ("{interval: []}", "interval", ["an empty list"]),
        ("{icc: [2]}", "icc", ["not an intracluster correlation", "0 to 1"]),
        ("{icc: 0.1.1}", "icc", ["not an intracluster correlation"]),
        ("{icc: [1/0]}", "icc", ["not an intracluster correlation"]),
        ("{icc: ['0,05']}", "icc", ["not an intracluster correlation", "write 0.05"]),
        ("{icc: [0,01]}", "icc", ["a number that begins with 0", "write 1, or 0.01"]),
        ("{tau2: [GENQ]}", "tau2", ["an unsuitable tau2 in multiverse", "1/v gives"]),
        ("{icc: [small]}", "icc", ["not an intracluster correlation"]),
        ("{doubtful: {levle: [elite]}}", "multiverse", ["no table has such a column", "level"]),
        ("{doubtful: {level: [elit]}}", "multiverse", ["no row has this value", "elite"]),
        ("{variants: {peterson2011: [x]}}", "multiverse", ["no such trial", "petersen2011"]),
        ("{variants: {petersen2011: [adjust]}}", "multiverse", ["no such variant", "adjusted"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(review, only, text, column, words):
    with_key(review, text)
    only(review.errors(), FILE, 12, column, *words)


@pytest.mark.parametrize(
    ("text", "columns", "found"),
    [
        ("{interval: [hksj, t, kr]}", ["interval", "interval"], ["hksj", "kr"]),
        ("{interval: knha}", ["interval"], ["hksj"]),
        ("{tau2: [DL, REML]}", ["tau2"], ["DL"]),
        ("{tau2: [ML, REML], interval: [z, t]}", [], []),
        ("{}", [], []),
    ],
)
def test_options_that_the_three_level_model_does_not_take(review, text, columns, found):
    three_level = "    model: three-level\n    interval: t\n"
    review.replace(FILE, "    tau2: DL\n    interval: wald\n", three_level)
    with_key(review, text)
    told = [each for each in review.errors() if each.column in ("tau2", "interval", "multiverse")]
    assert [each.column for each in told] == columns
    assert [each.found for each in told] == found
    assert {each.line for each in told} <= {12}
    assert all("model three-level has no such" in each.wrong for each in told)


@pytest.mark.parametrize("text", ["{}", "{interval: [wald]}"])
def test_a_model_of_counts_has_no_choices_to_go_through(review, text):
    review.replace(FILE, "    tau2: DL\n    interval: wald\n", "    measure: RR\n    model: MH\n")
    with_key(review, text)
    (told,) = [each for each in review.errors() if each.column == "multiverse"]
    assert (told.line, told.found) == (12, "MH")
    assert "choices of model MH are not gone through" in told.wrong
