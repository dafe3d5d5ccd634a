"""What a spreadsheet does to printed numbers and to ranges: said, or refused."""

import pytest

PUBLISHED = "published.csv"
HEAD = "target,analysis,quantity,printed,decimals\n"


def printed(review, *rows):
    """Replace what was printed; a row is quantity, printed, decimals, and the analysis if it is."""
    lines = (f"t,{(*row, 'overall')[3]},{row[0]},{row[1]},{row[2]}" for row in rows)
    review.write(PUBLISHED, HEAD + "\n".join(lines) + "\n")


def of_zeros(review):
    return [each for each in review.warnings() if "lost its zeros" in each.wrong]


def test_a_number_with_fewer_decimals_than_its_fellows_is_told(review):
    printed(review, ("estimate", "0.34", ""), ("ci_low", "0.238", ""), ("ci_high", "0.48", ""))
    told = of_zeros(review)
    assert [(each.line, each.column, each.found) for each in told] == [
        (2, "printed", "0.34"),
        (4, "printed", "0.48"),
    ]
    assert "beside 0.238: it is compared as 0.480" in told[1].wrong
    assert told[1].remedy == "write 0.480, or in decimals how many are printed"


def test_stated_decimals_settle_it(review):
    printed(review, ("estimate", "0.34", "2"), ("ci_low", "0.238", ""), ("ci_high", "0.48", "3"))
    assert of_zeros(review) == []


@pytest.mark.parametrize("decimals", ["1", "13"])
def test_decimals_that_the_print_contradicts_are_refused(review, only, decimals):
    printed(review, ("estimate", "0.34", decimals))
    only(review.errors(), PUBLISHED, 2, "decimals", "the cell printed has 2 decimals")


@pytest.mark.parametrize("typed", ["1-Feb", "2-Jan", "01-Feb", "2001-02-01 00:00:00", "Feb-01"])
@pytest.mark.parametrize(
    ("file", "column"),
    [
        (PUBLISHED, "location"),
        (PUBLISHED, "target"),
        (PUBLISHED, "printed"),
        ("provenance.csv", "location"),
    ],
)
def test_a_range_that_became_a_date_is_refused(review, file, column, typed):
    review.cell(file, 2, column, typed)
    told = [each for each in review.errors() if (each.path.name, each.column) == (file, column)]
    assert told
    assert told[0].wrong.startswith("a date, which ")
    assert told[0].found == typed


@pytest.mark.parametrize("label", ["May 2011", "March 2012"])
def test_a_name_and_a_year_is_no_date(review, label):
    review.cell("studies.csv", 2, "label", label)
    assert review.errors() == ()
