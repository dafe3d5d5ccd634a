"""Tables under ``results/`` read back exactly as they were written."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liftproof import tables
from liftproof.rows.result_rows import EstimateRow

NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@given(numbers=st.lists(NUMBERS, min_size=3, max_size=3), title=TEXTS, k=st.integers(0, 10**9))
def test_rows_survive_the_round_trip_to_the_last_bit(tmp_path_factory, numbers, title, k):
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
    assert tables.read(EstimateRow, path) == [row]


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
