"""Accidents of spreadsheets and editors: each gets one message that names it and its place."""

import pytest

from liftproof.columns import columns
from liftproof.reviews import load
from liftproof.reviews.model.audited_line import AuditedLine
from liftproof.reviews.model.review_tables import TABLES

OUTCOMES = "outcomes.csv"
STUDIES = "studies.csv"
PROVENANCE = "provenance.csv"
SETTINGS = "review.yaml"


def test_the_good_review_has_no_problem(review):
    loaded = load(review.folder)
    assert loaded.problems == ()
    assert [study.study for study in loaded.review.studies] == ["askling2003", "petersen2011"]
    assert loaded.review.outcomes[1].variant == "primary"
    assert loaded.review.outcomes[1].events_control == 52
    assert loaded.review.studies[1].moderators == {"level": "amateur"}
    assert loaded.review.name == "good"


def test_a_byte_order_mark_and_crlf_line_ends_are_simply_read(review):
    plain = load(review.folder).review
    for file in (OUTCOMES, STUDIES, PROVENANCE, "published.csv", "risk_of_bias.csv", SETTINGS):
        path = review.folder / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    loaded = load(review.folder)
    assert loaded.problems == ()
    assert loaded.review == plain


@pytest.mark.parametrize("file", [OUTCOMES, STUDIES, PROVENANCE, "published.csv"])
def test_semicolons_are_one_problem(review, only, file):
    review.replace(file, ",", ";")
    only(review.problems(), file, 1, "file", "separated by semicolons", "save it with commas")


def test_tabs_are_one_problem(review, only):
    review.replace(STUDIES, ",", "\t")
    only(review.problems(), STUDIES, 1, "file", "separated by tabs", "save it with commas")


def test_excels_separator_line(review, only):
    review.replace(STUDIES, "study,label", "sep=,\nstudy,label")
    only(review.problems(), STUDIES, 1, "file", "separator line", "sep=,", "delete the line")


@pytest.mark.parametrize(
    ("encoding", "line", "words"),
    [
        ("latin-1", 3, ("probably in Latin-1", "Hölmich", "save it as UTF-8")),
        ("utf-16", 1, ("not text in UTF-8", "'UTF-16'", "save it as UTF-8")),
        ("utf-16-le", 1, ("not text in UTF-8", "'UTF-16'")),
    ],
)
def test_another_encoding_is_named(review, only, encoding, line, words):
    review.replace(STUDIES, "Petersen 2011,", "Hölmich,")
    path = review.folder / STUDIES
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    only(review.problems(), STUDIES, line, "file", *words)


def test_an_excel_workbook_is_named(review, only):
    (review.folder / OUTCOMES).write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    only(review.problems(), OUTCOMES, 1, "file", "an Excel workbook", "CSV UTF-8")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0,293", ("a decimal comma", "'0,293'", "write 0.293")),
        ("1.502,5", ("a decimal comma", "write 1502.5")),
        ("1,502", ("a decimal comma or a thousands separator", "write 1.502, or 1502")),
        ("1'502.5", ("a thousands separator", "write 1502.5")),
        ("0.293\u00a0", ("non-breaking", r"'0.293\xa0'", "write 0.293")),
        ("1\u2009502", ("thin", "write 1502")),
        ("29.3 %", ("a percent sign", "write 0.293")),
        ("2.93e-1", ("scientific notation", "write 0.293")),
        ("2.93e-99", ("scientific notation", "write a plain decimal")),
        ("inf", ("not a finite number", "leave the cell empty")),
        ("NA", ("mark for a missing value", "leave the cell empty")),
        ("n/a", ("mark for a missing value",)),
        ("-", ("mark for a missing value",)),
        ("NaN", ("mark for a missing value",)),
        ("#DIV/0!", ("an error value of Excel",)),
        ("12-Mar", ("a date, which Excel makes of numbers", "write the number again")),
        ("−0.3", ("typographic minus", "write -0.3")),
        ("0.29 (0.15)", ("not a plain decimal number", "write only digits")),
        ("9" * 400, ("too long for a number",)),
    ],
)
def test_a_number_that_is_none(review, only, typed, words):
    review.cell(OUTCOMES, 4, "estimate", typed)
    only(review.problems(), OUTCOMES, 4, "estimate", *words)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-3", ("a negative count", "whole number of 0 or more")),
        ("3.5", ("a fractional count", "write a whole number")),
        ("1,502", ("a thousands separator", "write 1502")),
        ("1 502", ("a thousands separator", "write 1502")),
        ("20%", ("a percent sign", "without its sign in percent_intervention")),
    ],
)
def test_a_count_that_is_none(review, only, typed, words):
    review.cell(OUTCOMES, 2, "events_intervention", typed)
    only(review.problems(), OUTCOMES, 2, "events_intervention", *words)


def test_a_percentage_typed_with_its_sign_loses_the_sign_alone(review):
    review.replace(STUDIES, "weeks", "compliance_percent")
    review.cell(STUDIES, 2, "compliance_percent", "86%")
    (found,) = (each for each in review.problems() if each.wrong == "a percent sign")
    assert (found.line, found.column, found.remedy) == (2, "compliance_percent", "write 86")


def test_a_printed_percentage_loses_its_sign_and_a_printed_p_value_becomes_a_share(review):
    for quantity, remedy in (("i2", "write 45"), ("p", "write 0.45")):
        review.cell("published.csv", 2, "quantity", quantity)
        review.cell("published.csv", 2, "printed", "45%")
        told = [each.remedy for each in review.problems() if each.column == "printed"]
        assert told == [remedy]


def test_every_column_whose_meaning_is_in_percent_is_declared_so():
    declared = {
        item.name: item.is_percent
        for table in (*TABLES.values(), AuditedLine)
        for item in columns(table)
        if item.kind == "number" and (" percent" in item.meaning or "percent_" in item.name)
    }
    assert len(declared) == 6
    assert all(declared.values())


def test_a_whole_number_may_end_in_point_zero(review):
    review.cell(OUTCOMES, 2, "events_control", "10.0")
    assert review.problems() == ()
    assert load(review.folder).review.outcomes[0].events_control == 10


def test_every_decimal_comma_is_its_own_problem(review):
    for column, value in (("estimate", "0,293"), ("ci_low", "0,150"), ("ci_high", "0,572")):
        review.cell(OUTCOMES, 4, column, value)
    found = [(each.line, each.column, each.remedy) for each in review.problems()]
    assert found == [
        (4, "ci_high", "write 0.572"),
        (4, "ci_low", "write 0.150"),
        (4, "estimate", "write 0.293"),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12-Mar", ("a date, which Excel makes of keys", "formatted as text")),
        ("Mar-12", ("a date, which Excel makes of keys",)),
        ("2011-03-01 00:00:00", ("a date, which Excel makes of keys",)),
        ("43891", ("a date, which Excel makes of keys",)),
        ("Petersen 2011", ("a key has only a-z, 0-9 and _", "write petersen_2011")),
        (" petersen2011", ("blanks around a key", "write petersen2011")),
        ("petersen2011\u00a0", ("non-breaking", "write petersen2011")),
        ("NA", ("mark for a missing value",)),
        ("", ("a required cell is empty", "found nothing", "fill it in")),
    ],
)
def test_a_key_that_is_none_is_one_problem(review, only, typed, words):
    review.cell(STUDIES, 3, "study", typed)
    only(review.problems(), STUDIES, 3, "study", *words)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2018-03-01 00:00:00", ("as Excel writes it", "write 2018-03-01")),
        ("01/03/2018", ("not an ISO date", "2026-01-31")),
        ("2018-02-30", ("does not exist",)),
    ],
)
def test_a_date_that_is_none(review, only, typed, words):
    review.cell(STUDIES, 2, "added", typed)
    only(review.problems(), STUDIES, 2, "added", *words)


def test_a_value_outside_the_allowed_ones(review, only):
    review.cell(STUDIES, 2, "design", "Cluster")
    only(review.problems(), STUDIES, 2, "design", "not a known value", "'Cluster'", "mean cluster?")


def test_a_non_breaking_space_in_text(review, only):
    review.cell(STUDIES, 2, "label", "Askling\u00a02003")
    only(review.problems(), STUDIES, 2, "label", "non-breaking", "type an ordinary blank")


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("strength,10,elite", "strength,10", (2, "row"), ("fewer cells", "10 cells for 11")),
        ("Askling 2003,2003", "Askling, 2003,2003", (2, "row"), ("more cells", "double quotes")),
        (
            "strength,10,elite\n",
            "strength,10,elite,,\n",
            (2, "row"),
            ("delete the commas at its end",),
        ),
        ("Askling 2003,2003", '"Askling 2003,2003', (2, "file"), ("never closed",)),
        ("Askling 2003,2003", '"Askling" 2003,2003', (2, "file"), ("closing quotation mark",)),
    ],
)
def test_a_row_that_cannot_be_split(review, only, old, new, place, words):
    review.replace(STUDIES, old, new)
    only(review.problems(), STUDIES, *place, *words)


def test_a_row_pasted_below_one_without_a_line_end(review):
    """All that the second trial holds is missing then, and told as well."""
    review.replace(STUDIES, "strength,10,elite\n", "strength,10,elite")
    (told,) = (str(problem) for problem in review.problems() if problem.column == "row")
    assert "21 cells for 11 columns" in told
    assert "if two rows stand in this line, begin a new line for the second one" in told


def test_an_unquoted_decimal_comma(review, only):
    review.replace(OUTCOMES, "RR,0.293,", "RR,0,293,")
    only(review.problems(), OUTCOMES, 4, "row", "more cells", "decimal points, not commas", "0.293")


def test_a_quoted_line_break_moves_the_lines_below(review, only):
    review.cell(STUDIES, 2, "label", "Askling\n2003")
    review.cell(STUDIES, 3, "year", "2O11")
    only(review.problems(), STUDIES, 4, "year", "not a plain decimal number")


def test_blank_rows_are_passed_over(review):
    review.append(STUDIES, ",,,,,,,,,,\n\n")
    assert review.problems() == ()


def test_an_empty_file(review, only):
    review.write(STUDIES, "")
    only(review.problems(), STUDIES, 1, "file", "the file is empty", "study,label,year")


@pytest.mark.parametrize("file", [STUDIES, OUTCOMES, SETTINGS])
def test_a_required_file_that_is_missing(review, only, file):
    (review.folder / file).unlink()
    errors = [each for each in review.errors() if str(each.path) == f"r/{file}"]
    only(tuple(errors), file, 1, "file", "a required file is missing", "create it")


def test_a_file_with_nearly_the_right_name(review, only):
    (review.folder / STUDIES).rename(review.folder / "Studies.CSV")
    only(review.problems(), STUDIES, 1, "file", "missing", "rename Studies.CSV to studies.csv")


def test_a_folder_in_place_of_a_file(review, only):
    (review.folder / STUDIES).unlink()
    (review.folder / STUDIES).mkdir()
    only(review.problems(), STUDIES, 1, "file", "cannot be opened")


def test_missing_provenance_is_one_warning(review, only):
    (review.folder / PROVENANCE).unlink()
    only(review.warnings(), PROVENANCE, 1, "file", "every number counts as unverified")
    assert review.errors() == ()


def test_optional_files_may_be_missing(review):
    for file in ("published.csv", "risk_of_bias.csv"):
        (review.folder / file).unlink()
    assert review.problems() == ()


def test_an_unknown_column_names_the_nearest(review, only):
    review.replace(OUTCOMES, "p_value", "p_valeu")
    only(review.problems(), OUTCOMES, 1, "p_valeu", "no such column", "did you mean p_value?")


def test_a_misspelt_column_of_numbers_is_one_problem(review, only):
    review.replace(OUTCOMES, "events_control", "event_control")
    remedy = "did you mean events_control?"
    only(review.problems(), OUTCOMES, 1, "event_control", "no such column", remedy)


def test_a_misspelt_trial_is_one_problem_a_table(review):
    review.replace(STUDIES, "petersen2011,Petersen", "petersn2011,Petersen")
    found = [each for each in review.errors() if each.path.name == "provenance.csv"]
    assert [each.wrong for each in found] == ["studies.csv has no such trial (and on 12 more rows)"]


def test_a_further_column_of_studies_is_a_moderator_unless_misspelt(review, only):
    review.replace(STUDIES, "added", "adedd")
    only(review.warnings(), STUDIES, 1, "adedd", "looks like a known column", "did you mean added?")
    assert review.errors() == ()


def test_a_column_of_the_other_table(review, only):
    review.replace(STUDIES, ",level", ",n_control")
    review.replace(SETTINGS, "    subgroup: level\n", "")
    only(review.problems(), STUDIES, 1, "n_control", "another table", "move it to outcomes.csv")


def test_a_column_twice(review, only):
    review.replace(STUDIES, ",level", ",weeks")
    review.replace(SETTINGS, "    subgroup: level\n", "")
    only(review.problems(), STUDIES, 1, "weeks", "same name", "columns 10 and 11")


def test_a_column_without_a_name(review, only):
    review.replace(STUDIES, ",level", ",")
    review.replace(SETTINGS, "    subgroup: level\n", "")
    only(review.problems(), STUDIES, 1, "file", "column 11 has no name")


def test_a_year_that_was_to_come_when_the_trial_was_added_is_told(review, only):
    review.cell(STUDIES, 2, "added", "2026-01-31")
    review.cell(STUDIES, 2, "year", "2027")
    assert review.problems() == ()
    review.cell(STUDIES, 2, "year", "2031")
    only(review.problems(), STUDIES, 2, "year", "to come when the trial was added", "'2031'")


def test_a_required_column_that_is_misspelt_is_one_problem(review, only):
    review.replace(STUDIES, "study,label", "Study,label")
    only(
        review.problems(),
        STUDIES,
        1,
        "study",
        "required column is missing",
        "rename Study to study",
    )


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_message_is_one_line_whatever_a_cell_holds(review, end):
    review.replace(OUTCOMES, "p_value", f'"p{end}value"')
    shown = [str(each) for each in review.errors() if each.column == f"p{end}value"]
    assert len(shown) == 1
    assert shown[0].startswith("r/outcomes.csv:1: p value: the table has no such column")
