"""The icon array: as many people drawn as the summary of findings counts, in words the same."""

from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.colors import to_hex

from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.pages.certainty.icon_drawing import draw_icons
from liftproof.pages.certainty.icon_figure import ICONS, RATIOS, icon_text
from liftproof.pages.certainty.icon_view import UNKNOWN, icon_view
from liftproof.pages.draw_figures import write_figure
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.certainty_rows import FindingRow
from liftproof.statistics.statements.absolute import RISKS
from liftproof.vocabulary.measures import MEASURES

SETTINGS = Settings(
    title="Lifting",
    intervention="lifting",
    analyses=(Analysis(id="all", title="All trials", measure="RR"),),
)
ROW = FindingRow(
    review="r",
    analysis="all",
    title="All trials",
    measure="RR",
    k=6,
    assumed=97.12,
    corresponding=57.1,
    corresponding_low=26.0,
    corresponding_high=125.4,
    baseline_source="events over participants of the 6 control arms",
    effect_in_words="Of 1000 people 97 have an event without it; with it 40 fewer.",
    certainty="low",
    at_most="yes",
    flags=0,
)


def people(figure):
    """Count the people of each colour, block by block, from the lines drawn."""
    page = next(axes for axes in figure.axes if axes.get_label() == "page")
    counts = {}
    for line in page.lines:
        key = (to_hex(line.get_color()), line.get_alpha() or _alpha(line))
        counts[key] = counts.get(key, 0) + int(line.get_gid().removeprefix("people-"))
    return counts


def _alpha(line):
    colour = line.get_color()
    return colour[1] if isinstance(colour, tuple) else 1


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_a_thousand_people_stand_in_each_block(form):
    counts = people(draw_icons(icon_view(SETTINGS, ROW), form))
    assert sum(counts.values()) == 2000
    assert counts[(form.pooled_colour, 1)] == 97 + 57
    assert counts[(form.pooled_colour, 0.35)] == 40


def test_more_events_than_without_are_filled_and_nothing_is_pale():
    worse = replace(ROW, corresponding=120.2)
    view = icon_view(SETTINGS, worse)
    counts = people(draw_icons(view))
    assert counts[(WIDE.pooled_colour, 1)] == 97 + 120
    assert not any("Pale" in note for note in view.notes)


def test_what_rounds_to_the_same_number_of_people_has_nobody_pale():
    alike = replace(ROW, assumed=10.4, corresponding=10.1)
    view = icon_view(SETTINGS, alike)
    assert people(draw_icons(view))[(WIDE.pooled_colour, 1)] == 2 * 10
    assert not any("Pale" in note for note in view.notes)


def test_only_ratios_that_give_a_risk_are_drawn():
    assert set(RATIOS) == {code for code in RISKS if MEASURES[code].is_ratio}
    means = Analysis(id="means", title="Means", measure="ROM")
    settings = replace(SETTINGS, analyses=(means, *SETTINGS.analyses))
    rows = ResultRows(by_class={FindingRow: (replace(ROW, analysis="means", assumed=None), ROW)})
    review = Review(name="r", folder=Path("r"), settings=settings, studies=(), outcomes=())
    (view,) = ICONS.views(review, rows)
    assert view.row.analysis == "all"


def test_words_are_those_of_the_summary_of_findings():
    text = icon_text(icon_view(SETTINGS, ROW))
    assert text.alt_text == (
        "Icon array. Control: 97 of 1000 have an event; Lifting: 57 (26 to 125) of 1000."
    )
    assert ROW.effect_in_words in text.description
    assert "at most low" in text.description


def test_without_a_known_risk_nobody_is_drawn_and_that_is_said():
    unknown = replace(ROW, assumed=None, corresponding=None)
    view = icon_view(SETTINGS, unknown)
    assert view.notes == (UNKNOWN,)
    assert people(draw_icons(view)) == {}
    assert icon_text(view).alt_text == f"Icon array. {UNKNOWN}"


def test_files_are_the_same_twice_and_small(tmp_path):
    for folder in ("one", "two"):
        write_figure(ICONS, icon_view(SETTINGS, ROW), tmp_path / folder)
    for suffix in ("svg", "png", "pdf"):
        one, two = (tmp_path / each / f"all/icons.{suffix}" for each in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
    assert (tmp_path / "one/all/icons.svg").read_text(encoding="utf-8").count("<path") < 60
