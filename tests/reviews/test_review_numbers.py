"""Numbers that cannot be, results that are not whole, and provenance."""

import pytest

from liftproof.reviews.model.review_tables import Study
from liftproof.reviews.model.total_clusters import total_clusters

OUTCOMES = "outcomes.csv"
STUDIES = "studies.csv"
PROVENANCE = "provenance.csv"
PUBLISHED = "published.csv"
COLUMN = "clusters_total"


@pytest.fixture
def bare(review):
    """A review whose numbers carry no provenance rows, so that they may be edited freely."""
    review.write(PROVENANCE, "study,field,value,source,kind\n")
    return review


@pytest.mark.parametrize(
    ("file", "line", "column", "value", "words"),
    [
        (
            OUTCOMES,
            2,
            "events_control",
            "16",
            ("more events than the 15 participants", "person-time"),
        ),
        (OUTCOMES, 2, "n_control", "0", ("an arm without participants",)),
        (STUDIES, 3, "icc", "1.2", ("lies from 0 to 1", "'1.2'")),
        (STUDIES, 3, "icc", "-0.1", ("lies from 0 to 1", "written as 0")),
        (STUDIES, 3, "clusters_control", "0", ("without clusters",)),
        (STUDIES, 3, "year", "11", ("not a year", "four digits")),
        (STUDIES, 3, "weeks", "-1", ("cannot be negative",)),
        (OUTCOMES, 4, "ci_level", "95", ("between 0 and 1", "write 0.95")),
        (OUTCOMES, 4, "ci_level", "0.05", ("above 0.5", "write 0.95: 0.05 is the share outside")),
        (OUTCOMES, 4, "ci_level", "0", ("between 0 and 1", "write 0.95 for 95 %")),
        (OUTCOMES, 4, "estimate", "-0.293", ("a ratio (RR) must be above 0",)),
        (OUTCOMES, 4, "estimate", "0.9", ("do not bracket the estimate (0.150 to 0.572)",)),
        (OUTCOMES, 4, "ci_low", "0.6", ("not below the upper one (0.572)", "swap")),
        (OUTCOMES, 4, "p_value", "1.5", ("outside 0 to 1",)),
        (OUTCOMES, 4, "p_value", ">0.05", ("not a plain decimal number", "0.034 or <0.001")),
    ],
)
def test_an_impossible_number(bare, only, file, line, column, value, words):
    bare.cell(file, line, column, value)
    only(bare.errors(), file, line, column, *words)


def with_total(review, value):
    text = (review.folder / STUDIES).read_text(encoding="utf-8")
    header, first, second = text.splitlines()
    rows = (f"{header},clusters_total", f"{first},", f"{second},{value}")
    review.write(STUDIES, "\n".join(rows))


@pytest.mark.parametrize("value", ["1²", "unclear", "0", "-4", "1e3", "٣"])
def test_a_number_of_clusters_in_all_that_is_none(bare, only, value):
    with_total(bare, value)
    only(bare.errors(), STUDIES, 3, "clusters_total", "not a plain number above 0", value)
    total = total_clusters(Study(study="a", label="A", year=2000, moderators={COLUMN: value}))
    assert total == 0.0


@pytest.mark.parametrize(("value", "clusters"), [("24", 24.0), ("24.5", 24.5), ("", 0.0)])
def test_a_number_of_clusters_in_all(bare, value, clusters):
    with_total(bare, value)
    assert bare.errors() == ()
    total = total_clusters(Study(study="a", label="A", year=2000, moderators={COLUMN: value}))
    assert total == clusters


def other_result(review, **cells: str) -> None:
    """Turn the first outcome into another result, which no analysis of risk ratios selects."""
    review.replace("review.yaml", "subgroup: level", "select: {outcome_class: acute}")
    header, first, *rest = (review.folder / OUTCOMES).read_text().splitlines()
    more = [name for name in cells if name not in header.split(",")]
    widened = [",".join([header, *more])] + [line + "," * len(more) for line in (first, *rest)]
    review.write(OUTCOMES, "\n".join(widened))
    counts = ("events_intervention", "n_intervention", "events_control", "n_control")
    emptied = dict.fromkeys(counts, "") | {"outcome_class": "other"}
    for column, value in (emptied | cells).items():
        review.cell(OUTCOMES, 2, column, value)


MEANS = {
    "mean_intervention": "4.1",
    "sd_intervention": "1.2",
    "n_intervention": "15",
    "mean_control": "3.9",
    "sd_control": "1.1",
    "n_control": "15",
}
RATES = {
    "events_intervention": "30",
    "person_time_intervention": "7.5",
    "events_control": "20",
    "person_time_control": "7.1",
}


@pytest.mark.parametrize(
    ("result", "column", "value", "words"),
    [
        (MEANS, "sd_control", "0", "a standard deviation must be above 0"),
        (MEANS, "sd_control", "-1.1", "a standard deviation must be above 0"),
        (RATES, "person_time_control", "0", "person-time must be above 0"),
        ({"y": "-0.4", "v": "0.1"}, "v", "0", "a sampling variance must be above 0"),
        ({"y": "-0.4", "v": "0.1"}, "design_effect", "0.9", "a design effect is 1 or more"),
    ],
)
def test_an_impossible_number_of_other_results(bare, only, result, column, value, words):
    other_result(bare, **result | {column: value})
    only(bare.errors(), OUTCOMES, 2, column, words)


@pytest.mark.parametrize(
    "result",
    [
        MEANS,
        RATES,
        RATES | {"n_intervention": "15", "n_control": "15"},
        {"y": "-0.4", "v": "1.2e-05"},
        {"measure": "SMD", "estimate": "-0.10", "ci_low": "-0.50", "ci_high": "0.30"},
    ],
)
def test_other_results_are_good(bare, result):
    other_result(bare, **result)
    assert bare.errors() == ()


@pytest.mark.parametrize(
    ("estimate", "low", "high", "fits"),
    [
        ("0.25", "0.13", "0.52", True),  # geometric mean 0.25 to 0.27 within rounding
        ("0.25", "0.13", "0.70", False),  # 0.30
        ("0.338", "0.238", "0.480", True),
        ("0.34", "0.238", "0.480", True),
        ("0.36", "0.238", "0.480", False),
        ("0.1", "0.1", "0.2", True),  # one digit leaves much room
    ],
)
def test_limits_fit_their_estimate_as_far_as_rounding_allows(bare, only, estimate, low, high, fits):
    for column, value in (("estimate", estimate), ("ci_low", low), ("ci_high", high)):
        bare.cell(OUTCOMES, 4, column, value)
    bare.cell(OUTCOMES, 4, "p_value", "")
    if fits:
        assert bare.errors() == ()
    else:
        words = (f"{low} to {high}", "geometric mean", estimate)
        instead = "if the limits are exact, write exact in ci_kind"
        only(bare.errors(), OUTCOMES, 4, "estimate", *words, instead)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("<0.001", True),  # implied: 0.0003
        ("0.0003", True),
        ("0.00", True),
        ("< 0.05", True),
        ("0.034", False),
        ("<0.0001", False),
        ("0.000", True),
    ],
)
def test_a_p_value_fits_its_estimate_as_far_as_rounding_allows(bare, only, text, fits):
    bare.cell(OUTCOMES, 4, "p_value", text)
    if fits:
        assert bare.errors() == ()
    else:
        only(bare.errors(), OUTCOMES, 4, "p_value", "does not fit", "0.0003 to 0.00035", repr(text))


def test_a_p_value_follows_the_level_of_the_limits(bare, only):
    bare.cell(OUTCOMES, 4, "ci_level", "0.9")
    only(bare.errors(), OUTCOMES, 4, "p_value", "imply 0.0024 to 0.0027", "<0.001")


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"n_control": ""}, "n_control", ("incomplete: n_control is missing", "awaits")),
        (
            {"n_control": "", "events_control": ""},
            "events_control",
            ("events_control and n_control are missing", "'events_intervention, n_intervention'"),
        ),
        (
            dict.fromkeys(
                ("events_intervention", "n_intervention", "events_control", "n_control"), ""
            ),
            "row",
            ("the row holds no result", "awaits"),
        ),
    ],
)
def test_an_incomplete_result(bare, only, cells, column, words):
    for name, value in cells.items():
        bare.cell(OUTCOMES, 2, name, value)
    only(bare.errors(), OUTCOMES, 2, column, *words)


@pytest.mark.parametrize("lacking", [["sd_intervention", "sd_control"], ["mean_control"]])
def test_of_a_trial_of_means_no_events_are_asked(bare, only, lacking):
    other_result(bare, **MEANS | dict.fromkeys(lacking, ""))
    only(bare.errors(), OUTCOMES, 2, lacking[0], f"incomplete: {' and '.join(lacking)} ")


def test_an_estimate_without_limits_may_have_a_standard_error(bare, only):
    for column in ("ci_low", "ci_high"):
        bare.cell(OUTCOMES, 4, column, "")
    words = ("give se, the P value itself", "a bound gives no standard error", "y and v instead")
    only(bare.errors(), OUTCOMES, 4, "ci_low", *words)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("sd_control", "0." + "0" * 34 + "1", "above 0, and in the range of 1e-12 to 1e12"),
        ("mean_control", "1" + "0" * 13, "must be 0, or in the range of 1e-12 to 1e12"),
    ],
)
def test_means_that_arithmetic_cannot_pool(bare, only, column, value, words):
    other_result(bare, **MEANS | {column: value})
    only(bare.errors(), OUTCOMES, 2, column, words)


def test_two_trials_of_one_label_and_one_trial_under_two_keys_are_warnings(bare, only):
    before = bare.warnings()
    bare.append(STUDIES, "askling2004,Askling 2003,2004,,,,,,strength,,\n")
    bare.append(OUTCOMES, "askling2004,hamstring,,,acute,3,15,10,15" + "," * 11 + "\n")
    assert bare.errors() == ()
    found = tuple(each for each in bare.warnings() if each not in before)
    twins = [each for each in found if each.column in ("label", "study")]
    only(tuple(twins[:1]), OUTCOMES, 5, "study", "the same numbers as of askling2003 on line 2")
    only(tuple(twins[1:]), STUDIES, 4, "label", "the label is that of askling2003 as well")


@pytest.mark.parametrize(
    ("label", "cells", "words"),
    [
        ("Askling et al., 2003", ",,,,", "the label is that of askling2003 as well"),
        ("Roe 2004", "10,15,3,15,", "of askling2003 on line 2, with the arms exchanged"),
        ("Roe 2004", "10,15,3,14,", ""),
    ],
)
def test_a_trial_written_otherwise_or_with_its_arms_exchanged_is_told(bare, label, cells, words):
    before = bare.warnings()
    bare.append(STUDIES, f'roe2004,"{label}",2004,,,,,,strength,,\n')
    bare.append(OUTCOMES, f"roe2004,hamstring,,,acute,{cells}" + "," * 10 + "\n")
    rules = ("label_twice", "trial_twice")
    found = [each for each in bare.warnings() if each not in before and each.rule in rules]
    assert [words in each.wrong for each in found] == ([True] if words else [])


def test_arms_of_the_same_numbers_are_not_called_exchanged(bare, only):
    for key in ("one2004", "two2004"):
        bare.append(STUDIES, f"{key},{key},2004,,,,,,strength,,\n")
        bare.append(OUTCOMES, f"{key},hamstring,,,acute,7,40,7,40" + "," * 11 + "\n")
    told = tuple(each for each in bare.warnings() if each.rule == "trial_twice")
    only(told, OUTCOMES, 6, "study", "the same numbers as of one2004 on line 5")
    assert "exchanged" not in told[0].wrong


@pytest.mark.parametrize(("y", "v", "is_told"), [("-0.217", "0.041", True), ("0.2", "0.04", False)])
def test_one_effect_given_under_two_keys_is_told_if_it_has_digits_enough(bare, y, v, is_told):
    for key, digits in (("one", ""), ("two", "0")):
        bare.append(STUDIES, f"{key}2004,{key} 2004,2004,,,,,,strength,,\n")
        row = dict.fromkeys(bare_columns(bare), "") | {
            "study": f"{key}2004",
            "outcome": "pain",
            "measure": "RR",
            "y": y + digits,
            "v": v,
        }
        bare.append(OUTCOMES, ",".join(row.values()) + "\n")
    told = [each for each in bare.warnings() if each.rule == "trial_twice"]
    assert len(told) == is_told


def bare_columns(bare):
    with (bare.folder / OUTCOMES).open(encoding="utf-8") as stream:
        return stream.readline().strip().split(",")


def test_an_incomplete_result_may_say_what_it_awaits(bare, only):
    bare.cell(OUTCOMES, 4, "ci_low", "")
    bare.cell(OUTCOMES, 4, "awaits", "limits, in the full text")
    assert bare.errors() == ()
    waiting = tuple(each for each in bare.warnings() if each.column == "awaits")
    only(
        waiting, OUTCOMES, 4, "awaits", "awaits data", "limits, in the full text", "fill in ci_low"
    )


def test_half_an_effect_beside_a_result_is_a_warning(bare, only):
    bare.cell(OUTCOMES, 2, "y", "-1.2")
    assert bare.errors() == ()
    half = tuple(each for each in bare.warnings() if "not used" in each.wrong)
    only(half, OUTCOMES, 2, "y", "not used, because v is missing")


def test_two_effects_in_one_row(bare, only):
    bare.cell(OUTCOMES, 4, "y", "-1.2")
    bare.cell(OUTCOMES, 4, "v", "0.1")
    only(bare.errors(), OUTCOMES, 4, "estimate", "both y and estimate", "two variants")


def test_duplicate_rows(review, only):
    cases = {
        STUDIES: ("askling2003,A,2003,,,,,,strength,,", 4, "study", "line 2"),
        OUTCOMES: ("askling2003,hamstring,,,acute,3,15,10,15" + "," * 11, 5, "study", "primary"),
        PROVENANCE: ("askling2003,weeks,,,,10,Askling 2003,abstract,derived", 20, "study", "weeks"),
        PUBLISHED: ("main,overall,,estimate,0.34" + "," * 7, 5, "target", "line 2"),
        "risk_of_bias.csv": ("askling2003,RoB 2,overall,low,", 3, "study", "overall"),
    }
    for file, (row, line, column, word) in cases.items():
        before = (review.folder / file).read_text()
        review.append(file, row + "\n")
        only(review.errors(), file, line, column, "the same", word, "delete or rename")
        review.write(file, before)


@pytest.mark.parametrize("file", [OUTCOMES, PROVENANCE, "risk_of_bias.csv"])
def test_a_row_of_an_unknown_trial(review, only, file):
    line = 3 if file == OUTCOMES else 2
    review.cell(file, line, "study", "peterson2011")
    only(review.errors(), file, line, "study", "studies.csv has no such trial", "petersen2011?")


def test_a_trial_without_an_outcome_awaits_data(review, only):
    review.append(STUDIES, "brooks2006,Brooks 2006,2006,,,,,,strength,,\n")
    only(review.problems(), STUDIES, 4, "study", "warning", "awaits data", "outcomes.csv")


def test_a_result_without_a_primary_variant(bare, only):
    bare.cell(OUTCOMES, 3, "variant", "crude")
    found = tuple(each for each in bare.warnings() if each.column == "variant")
    only(found, OUTCOMES, 3, "variant", "no variant of this result is primary")


@pytest.mark.parametrize(
    ("line", "column", "value", "words"),
    [
        (14, "value", "461", ("value: outcomes.csv line 3 has another n_control, 481", "'461'")),
        (14, "value", "481,0", ("a decimal comma", "write 481.0")),
        (5, "value", "12", ("studies.csv line 2 has another weeks, 10",)),
        (19, "value", "Strength", ("studies.csv line 3 has another category, strength",)),
        (14, "field", "n_contrl", ("neither table has such a column", "n_control?")),
        (15, "variant", "adjustd", ("an orphan", "has this variant", "adjusted?")),
        (9, "outcome", "knee", ("an orphan", "has this outcome")),
        (14, "field", "y", ("an orphan: outcomes.csv line 3 has no y",)),
        (14, "kind", "primary", ("not a known value",)),
    ],
)
def test_provenance_without_its_number(review, only, line, column, value, words):
    review.cell(PROVENANCE, line, column, value)
    only(review.errors(), PROVENANCE, line, column, *words)


def test_a_source_of_a_key_has_no_number(review, only):
    row = "askling2003,outcome,primary,hamstring,,hamstring,Askling 2003,abstract,derived\n"
    review.append(PROVENANCE, row)
    only(review.errors(), PROVENANCE, 20, "field", "neither table has such a column", "'outcome'")


def test_a_number_without_provenance_is_a_warning(review, only):
    rows = (review.folder / PROVENANCE).read_text().splitlines(keepends=True)
    review.write(PROVENANCE, "".join(row for row in rows if "481" not in row))
    only(review.problems(), OUTCOMES, 3, "n_control", "warning", "'481'", "field n_control")


def test_the_more_precise_provenance_row_decides(review, only):
    review.append(PROVENANCE, "askling2003,n_control,primary,hamstring,,14,Other,p. 1,secondary\n")
    only(review.problems(), PROVENANCE, 20, "value", "another n_control, 15", "'14'")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("printed", "0,338", ("a decimal comma", "write 0.338")),
        ("printed", "see text", ("not a plain decimal number",)),
        ("analysis", "overal", ("no such analysis", "did you mean overall?")),
        ("quantity", "rr", ("not a known value",)),
    ],
)
def test_a_printed_number_that_cannot_be_compared(review, only, column, value, words):
    review.cell(PUBLISHED, 2, column, value)
    only(review.errors(), PUBLISHED, 2, column, *words)


def test_a_printed_number_without_analysis_says_what_is_missing(review, only):
    review.cell(PUBLISHED, 4, "blocked", "")
    review.cell(PUBLISHED, 4, "blocked_group", "")
    only(review.problems(), PUBLISHED, 4, "analysis", "warning", "fill in analysis")
