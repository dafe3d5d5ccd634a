"""The figure of printed beside computed estimates: both in place, the verdict in words."""

from dataclasses import replace

import pytest

from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.pages.draw_figures import write_figure
from liftproof.pages.printed.reproduction_figure import REPRODUCTION, reproduction_text
from liftproof.pages.printed.reproduction_view import MOST, reproduction_view
from liftproof.pages.prints.prints_drawing import draw_prints
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.result_rows import ReproductionRow

SETTINGS = Settings(
    title="Lifting",
    analyses=(
        Analysis(id="all", title="All", measure="RR"),
        Analysis(id="smd", title="Strength", measure="SMD"),
    ),
)
QUANTITIES = ("estimate", "ci_low", "ci_high")


def rows(target, printed, computed, verdict="close", **more):
    return [
        ReproductionRow(
            **{
                "review": "r",
                "target": target,
                "analysis": "all",
                "quantity": quantity,
                "printed": text,
                "computed": value,
                "verdict": verdict,
                "description": f"{target} trials",
                **more,
            }
        )
        for quantity, text, value in zip(QUANTITIES, printed, computed, strict=True)
    ]


SIX = rows("six", ("0.34", "0.24", "0.48"), (0.338, 0.238, 0.480), "reproduced")
FAR = rows("far", ("0.65", "0.50", "0.84"), (0.46, 0.357, 0.593), "different", unverified="yes")
SEEN = rows("seen", ("0.5", "0.4", "0.6"), (0.5, 0.4, 0.6), see="other/main")
BLOCKED = rows("blocked", ("0.5", "0.4", "0.6"), (None, None, None), "blocked")
STRENGTH = rows("strength", ("0.9", "0.1", "1.7"), (0.9, 0.1, 1.7), analysis="smd")


def test_a_printed_estimate_stands_above_the_computed_one_with_its_verdict():
    view = reproduction_view(SETTINGS, [*SIX, *FAR, *SEEN, *BLOCKED])
    assert [name for name, _ in view.topics] == ["Six trials", "Far trials"]
    for (_, (printed, computed)), group in zip(view.topics, (SIX, FAR), strict=True):
        assert (printed.estimate, printed.low, printed.high) == tuple(
            float(row.printed) for row in group
        )
        assert (computed.estimate, computed.low, computed.high) == tuple(
            row.computed for row in group
        )
        assert (printed.is_filled, computed.is_filled) == (False, True)
    assert [both[1].note for _, both in view.topics] == ["✓ reproduced", "✗ different"]
    assert view.topics[0][1][1].text == "0.338 (0.238 to 0.480)"
    assert any(note.startswith("† seen in no source") for note in view.notes)


def test_words_follow_from_what_is_drawn():
    text = reproduction_text(reproduction_view(SETTINGS, [*SIX, *FAR]))
    assert text.alt_text == (
        "2 printed estimates, the computed one beneath each: 1 ✓ reproduced, 1 ✗ different."
    )
    assert text.description.splitlines()[1] == (
        "Six trials: printed 0.34 (0.24 to 0.48), computed 0.338 (0.238 to 0.480), ✓ reproduced."
    )


def test_effects_of_another_scale_and_more_than_there_is_room_for_are_counted():
    mixed = reproduction_view(SETTINGS, [*SIX, *FAR, *STRENGTH])
    assert mixed.notes[-1] == "In the table alone: 1 more estimate with limits."
    many = [row for number in range(MOST + 3) for row in _numbered(number)]
    view = reproduction_view(SETTINGS, [*many, *FAR])
    assert len(view.topics) == MOST
    assert view.topics[-1][0] == "Far trials"
    assert view.notes[-1] == "In the table alone: 4 more estimates with limits."


def test_a_ratio_printed_with_a_limit_of_nought_stands_in_the_table_alone():
    nought = rows("nought", ("0.05", "0.00", "0.40"), (0.05, 0.002, 0.4))
    endless = rows("endless", ("0.05", "0.01", "9.0"), (0.05, 0.01, float("inf")))
    view = reproduction_view(SETTINGS, [*SIX, *nought, *endless])
    assert [name for name, _ in view.topics] == ["Six trials"]
    assert view.notes[-1] == "In the table alone: 2 more estimates with limits."
    assert draw_prints(view).axes


def test_the_measures_on_the_axis_are_named():
    odds = Analysis(id="odds", title="Odds", measure="OR")
    settings = replace(SETTINGS, analyses=(*SETTINGS.analyses, odds))
    view = reproduction_view(settings, [*SIX, *FAR, *_odds()])
    assert view.notes[0] == "Risk ratio and odds ratio."
    share = Settings(title="One group", analyses=(Analysis(id="all", title="A", measure="PLO"),))
    alone = reproduction_view(share, SIX)
    assert alone.axis.no_effect is None
    assert (alone.axis.left, alone.axis.right) == ("", "")


def test_limits_beyond_the_axis_are_said():
    said = "Arrowheads: the limits run beyond the axis."
    wide = rows("wide", ("0.5", "0.00001", "25000"), (0.5, 0.00001, 25000.0))
    narrow = [row for number in range(6) for row in _numbered(number)]
    assert said in reproduction_view(SETTINGS, [*narrow, *wide]).notes
    assert said not in reproduction_view(SETTINGS, narrow).notes


def _odds():
    return rows("odds", ("0.34", "0.24", "0.48"), (0.338, 0.238, 0.480), analysis="odds")


def _numbered(number):
    return rows(f"t{number}", ("0.34", "0.24", "0.48"), (0.338, 0.238, 0.480), "reproduced")


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_a_review_of_which_nothing_could_be_computed_says_so_and_is_drawn(form):
    view = reproduction_view(SETTINGS, BLOCKED)
    assert not view.topics
    assert draw_prints(view, form).axes
    assert reproduction_text(view).alt_text.startswith("0 printed estimates")


def test_files_are_the_same_twice(tmp_path):
    view = reproduction_view(SETTINGS, [*SIX, *FAR])
    for folder in ("one", "two"):
        write_figure(REPRODUCTION, view, tmp_path / folder)
    for suffix in ("svg", "png", "pdf"):
        one, two = (tmp_path / each / f"printed/reproduction.{suffix}" for each in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
