"""Prints of others as rows: own numbers, numbers held elsewhere, and pointers that find nothing."""

from pathlib import Path

import pytest
from matplotlib.collections import PathCollection

from liftproof.analysis.printed_pools import printed_pools
from liftproof.drawing.figure_form import WIDE
from liftproof.pages.prints.prints_figure import PRINTS, prints_places
from liftproof.pages.prints.prints_view import prints_view, shown
from liftproof.result_tables import ResultRows, written_files
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.reviews.model.settings import Settings
from liftproof.reviews.other_reviews import reviews_pointed_to
from liftproof.rows.print_rows import PrintRow

SETTINGS = Settings(title="What was printed")


def pool(target, **cells):
    """Return a print of 2020 on risk ratios."""
    of = {"label": "One 2020", "year": 2020, "topic": "strength", "outcome": "injuries"}
    return PrintedPool(**{**of, "target": target, "measure": "RR", **cells})


OWN = pool("own", estimate="0.50", ci_low="0.30", ci_high="0.80", source="One A", location="p. 2")
BARE = pool("bare", estimate="0.9", source="One A", kind="unverified")
HELD = pool("held", see="other/main")
LOST = pool("lost", see="elsewhere/main")
BESIDE = {
    "other": tuple(
        Published(
            target="main", quantity=quantity, printed=printed, location="Two B", kind="secondary"
        )
        for quantity, printed in (
            *(("estimate", "0.338"), ("ci_low", "0.238"), ("ci_high", "0.480")),
            *(("k", "7"), ("studies", "6"), ("participants", "7738")),
        )
    )
}


def of(*prints):
    return Review(
        name="shown",
        folder=Path("shown"),
        settings=SETTINGS,
        studies=(),
        outcomes=(),
        prints=prints,
    )


def rows(*prints):
    return printed_pools(of(*prints), BESIDE)


def test_numbers_keep_the_digits_of_the_print():
    (row,) = rows(OWN)
    assert (row.estimate, row.ci_low, row.ci_high) == (0.5, 0.3, 0.8)
    assert (row.printed, row.source) == ("0.50 (0.30 to 0.80)", "One A, p. 2")
    assert shown(row) == "RR 0.50 (0.30 to 0.80)"


def test_a_pointer_brings_the_other_reviews_numbers_trials_before_results():
    (row,) = rows(HELD)
    assert (row.printed, row.studies, row.participants) == ("0.338 (0.238 to 0.480)", 6, 7738)
    assert (row.source, row.kind, row.see) == ("Two B", "secondary", "other/main")
    assert reviews_pointed_to(of(HELD, OWN, LOST)) == ("other", "elsewhere")


def test_a_pointer_that_finds_nothing_shows_no_number():
    (row,) = rows(LOST)
    assert (row.estimate, row.printed, shown(row)) == (None, "", "not here")


def test_the_figure_says_which_prints_it_could_not_find():
    notes = prints_view(SETTINGS, rows(OWN, LOST)).notes
    assert notes[-1] == "In the table alone, as what holds it is missing: One 2020, injuries."


def test_a_number_from_memory_is_marked_and_one_without_limits_stands_in_the_table_alone():
    found = rows(OWN, BARE)
    assert shown(found[1]) == "RR 0.9†"
    view = prints_view(SETTINGS, found)
    assert [line.text for line in view.lines] == ["RR 0.50 (0.30 to 0.80)"]
    assert any(note.endswith("as no ratio with limits: One 2020, injuries.") for note in view.notes)


@pytest.mark.parametrize(
    ("prints", "count"), [((OWN, HELD), 1), ((HELD,), 0), ((BARE,), 0), ((), 0)]
)
def test_there_is_a_figure_where_the_data_alone_say_so(prints, count):
    """The workflow asks for the file before anything is read from the reviews beside."""
    review = of(*prints)
    found = ResultRows(by_class={PrintRow: rows(*prints)})
    assert len(prints_places(review)) == len(PRINTS.views(review, found)) == count


def test_nothing_else_is_written_for_a_review_without_analyses():
    assert written_files(of(OWN)) == ["prints.csv"]


def test_the_drawing_has_a_mark_a_print_and_fills_those_held():
    view = prints_view(SETTINGS, rows(OWN, HELD))
    figure = PRINTS.draw(view, WIDE)
    (plot,) = (axes for axes in figure.axes if axes.get_label() == "plot")
    marks = [one for one in plot.collections if isinstance(one, PathCollection)]
    places = [round(float(one.get_offsets()[0][0]), 3) for one in marks]
    assert places == [0.5, 0.338]
    filled = [tuple(one.get_facecolor()[0]) != (1.0, 1.0, 1.0, 1.0) for one in marks]
    assert filled == [False, True]
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "RR 0.338 (0.238 to 0.480)" in texts
    assert "strength" in texts
