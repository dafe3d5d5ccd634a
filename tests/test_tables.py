"""Tables under ``results/`` read back as they were written: numbers in the digits stored."""

import csv
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liftproof import tables
from liftproof.rows.result_rows import DiagnosticRow, EngineRow, EstimateRow

NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@pytest.mark.slow
@given(numbers=st.lists(NUMBERS, min_size=3, max_size=3), title=TEXTS, k=st.integers(0, 10**9))
def test_rows_survive_the_round_trip_to_the_last_digit_stored(tmp_path_factory, numbers, title, k):
    estimate, tau2, i2 = numbers
    row = EstimateRow(
        review="r",
        analysis="a",
        title=title,
        measure="RR",
        k=k,
        estimate=estimate,
        tau2=tau2,
        i2=i2,
    )
    path = tmp_path_factory.mktemp("table") / "estimates.csv"
    tables.write([row], EstimateRow, path)
    read = tables.read(EstimateRow, path)
    changed = {"estimate": estimate, "tau2": tau2, "i2": i2}
    assert read == [replace(row, **{name: as_stored(value) for name, value in changed.items()})]
    tables.write(read, EstimateRow, path)
    assert tables.read(EstimateRow, path) == read


def as_stored(value):
    return value if value is None or value == int(value) else float(f"{value:.11e}")


@pytest.mark.parametrize(
    ("method", "written"), [("influence", "0.333333333333"), ("selection_beta", "0.333333333")]
)
def test_a_search_that_ends_where_it_is_flat_keeps_fewer_digits(tmp_path, method, written):
    row = DiagnosticRow(review="r", analysis="a", method=method, quantity="q", value=1 / 3)
    path = tmp_path / "diagnostics.csv"
    tables.write([row], DiagnosticRow, path)
    assert path.read_text().splitlines()[1].split(",")[5] == written


def test_other_software_that_searches_keeps_fewest(tmp_path):
    written = {}
    for kind in ("iterative", "closed_form"):
        row = EngineRow(
            review="r", analysis="a", engine="e", version="1", method="m", kind=kind, tau2=1 / 3
        )
        tables.write([row], EngineRow, tmp_path / "engines.csv")
        (written[kind],) = (each.tau2 for each in tables.read(EngineRow, tmp_path / "engines.csv"))
    assert written == {"iterative": 0.3333333, "closed_form": 0.333333333333}


def test_no_rows_leave_a_header(tmp_path):
    path = tmp_path / "estimates.csv"
    tables.write([], EstimateRow, path)
    assert path.read_text() == ",".join(item.name for item in fields(EstimateRow)) + "\n"
    assert tables.read(EstimateRow, path) == []


@pytest.mark.parametrize("text", ["NA", "NaN", "None", "null", "nan"])
def test_words_that_look_like_nothing_stay_words(tmp_path, text):
    row = EstimateRow(review="r", analysis="a", title=text, measure="RR", k=1)
    path = tmp_path / "estimates.csv"
    tables.write([row], EstimateRow, path)
    assert tables.read(EstimateRow, path) == [row]


FORMULAS = ("=1+1", "+1+1", "-cmd", "@SUM(A1)", "\t=1", "\n=1", "'=1+1", "=HYPERLINK(1)", "-1+1")


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_has_an_apostrophe_and_comes_back_without(tmp_path, text):
    row = EstimateRow(review="r", analysis="a", title=text, measure="RR", k=1, estimate=-0.5)
    path = tmp_path / "estimates.csv"
    tables.write([row], EstimateRow, path)
    with path.open(encoding="utf-8", newline="") as stream:
        (cells,) = csv.DictReader(stream)
    assert cells["title"] == f"'{text}"
    assert cells["estimate"] == "-0.5"
    assert tables.read(EstimateRow, path) == [row]


def test_a_carriage_return_is_a_line_end_and_does_not_end_the_row(tmp_path):
    row = EstimateRow(review="r", analysis="a", title="\r=1\r\nx", measure="RR", k=1)
    path = tmp_path / "estimates.csv"
    tables.write([row], EstimateRow, path)
    assert [each.title for each in tables.read(EstimateRow, path)] == ["\n=1\nx"]


@pytest.mark.parametrize(
    "text", ["-0.32", "+4", "-5 %", "-1.2e-05", "-0.27 (-0.52 to -0.02)", "a = b", "'s Hertogen"]
)
def test_numbers_as_printed_and_words_stay_as_they_are(text):
    assert tables.as_text(text) == text
    assert tables.read_text(text) == text
