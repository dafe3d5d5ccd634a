"""Traffic lights: each judgement is drawn once, with a sign, in its row and column, and said."""

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.colors import to_rgb

from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.drawing.text_widths import width
from liftproof.pages.certainty.bias_drawing import draw_bias
from liftproof.pages.certainty.bias_figure import RISK_OF_BIAS, bias_text
from liftproof.pages.certainty.bias_lights import COLOURS
from liftproof.pages.certainty.bias_view import MOST_COLUMNS, bias_view
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS
from liftproof.pages.draw_figures import write_figure
from liftproof.reviews import read
from liftproof.reviews.model.review_tables import RiskOfBias
from support.page_inputs import result_rows
from support.review_arithmetic import REVIEWS

JUDGED = (
    ("askling2003", "RoB 2", "overall", "Some concerns"),
    ("askling2003", "RoB 2", "randomisation", "low"),
    ("petersen2011", "RoB 2", "randomisation", "High risk"),
    ("petersen2011", "PEDro", "overall", "8 of 10"),
)
LEAST_APART = 0.05
"""Of two colours in grey, from black 0 to white 1."""


def judged_by(rows):
    review = read(REVIEWS / "lauersen2018")
    made = (
        RiskOfBias(study=study, tool=tool, domain=domain, judgement=words)
        for study, tool, domain, words in rows
    )
    return replace(review, risk_of_bias=tuple(made))


@pytest.fixture(scope="module")
def view():
    return bias_view(judged_by(JUDGED))


def test_domains_stand_in_the_order_of_the_table_with_overall_last(view):
    assert view.domains == (
        "randomisation (RoB 2): 1 low, 1 high",
        "overall (RoB 2): 1 some concern, 1 not held",
        "overall (PEDro): 1 in other words, 1 not held",
    )
    signs = {line.label: [light and light.sign for light in line.lights] for line in view.lines}
    assert signs == {"Askling 2003": ["+", "−", None], "Petersen 2011": ["×", None, "·"]}


def test_words_tell_every_row_and_what_is_not_judged(view):
    text = bias_text(view)
    assert text.alt_text == (
        "Risk of bias of 2 trials in 3 columns; judgements: 1 low, 1 some concern, 1 high, "
        "1 in other words."
    )
    assert (
        "Askling 2003: randomisation (RoB 2) low (low); overall (RoB 2) Some concerns "
        "(some concern)." in text.description.splitlines()
    )
    assert view.notes == (
        "· 8 of 10: Petersen 2011.",
        "Of the 6 trials in the first analysis 4 have no judgement here.",
        "Bars: of the trials above, the share with each judgement; what is missing has none.",
    )


def test_yes_and_no_are_explained_where_they_stand():
    view = bias_view(judged_by([("askling2003", "PEDro", "blind assessors", "yes")]))
    assert view.notes[0] == "In the words of whoever judged: yes stands for low, no for high."


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_as_many_lights_of_each_meaning_stand_there_as_judgements_and_each_has_its_sign(view, form):
    (page,) = draw_bias(view, form).axes
    lights, places = {}, set()
    for drawn in page.collections:
        meaning = drawn.get_gid().removeprefix("lights-")
        offsets = drawn.get_offsets().tolist()
        lights[meaning] = lights.get(meaning, 0) + len(offsets)
        places |= {(round(x, 6), BIAS_SIGNS[meaning]) for x, _ in offsets}
    in_key = 1
    assert lights == dict.fromkeys(("low", "some", "high", "other"), 1 + in_key)
    signs = {(round(text.get_position()[0], 6), text.get_text()) for text in page.texts}
    assert places <= signs


@pytest.mark.parametrize("form", [WIDE, NARROW])
def test_everything_stays_on_the_page_and_no_text_is_smaller_than_the_form_allows(form):
    view = bias_view(read(REVIEWS / "nordic"))
    (page,) = draw_bias(view, form).axes
    left = [text for text in page.texts if text.get_ha() == "left"]
    ends = [text.get_position()[0] + width(text.get_text()) for text in left]
    assert max(ends) <= form.width
    assert min(text.get_fontsize() for text in page.texts) >= form.smallest


def test_colours_are_apart_in_grey_and_signs_are_all_different():
    greys = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in map(to_rgb, COLOURS.values()))
    assert min(high - low for low, high in pairwise(greys)) >= LEAST_APART
    assert len(set(BIAS_SIGNS.values())) == len(BIAS_SIGNS) == len(COLOURS)


def test_more_domains_than_fit_are_left_to_the_table():
    many = [("askling2003", "own", f"domain {index}", "low") for index in range(MOST_COLUMNS + 2)]
    view = bias_view(judged_by(many))
    assert len(view.domains) == MOST_COLUMNS
    assert "In the table alone: 2 more columns." in view.notes
    draw_bias(view, NARROW)


def test_a_review_without_judgements_has_no_figure():
    review = replace(judged_by(JUDGED), risk_of_bias=())
    assert not RISK_OF_BIAS.places(review)
    assert not RISK_OF_BIAS.views(review, result_rows(()))


def test_files_are_the_same_twice(view, tmp_path):
    for folder in ("one", "two"):
        write_figure(RISK_OF_BIAS, view, tmp_path / folder)
    one, two = (tmp_path / each / "trials/risk_of_bias.svg" for each in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_bar_a_domain_has_the_shares_of_its_judgements(form):
    view = bias_view(read(REVIEWS / "nordic"))
    (page,) = draw_bias(view, form).axes
    bars = [patch for patch in page.patches if (patch.get_gid() or "").startswith("bar-")]
    assert len(bars) == sum(map(len, view.counts)) == 10
    by_top = {}
    for bar in bars:
        by_top.setdefault(round(bar.get_y(), 6), []).append(bar)
    assert len(by_top) == len(view.domains)
    for counts, segments in zip(view.counts, (by_top[top] for top in sorted(by_top)), strict=True):
        assert [bar.get_gid() for bar in segments] == [f"bar-{code}" for code, _ in counts]
        assert [to_rgb(bar.get_facecolor()) for bar in segments] == [
            to_rgb(COLOURS[code]) for code, _ in counts
        ]
        shares = [bar.get_width() for bar in segments]
        assert shares == pytest.approx([n * shares[0] / counts[0][1] for _, n in counts])
    assert view.notes[-1].startswith("Bars: of the trials above, the share with each judgement")


def test_that_no_trial_of_the_first_analysis_is_judged_is_said():
    view = bias_view(judged_by([("none2000", "PEDro", "blind assessors", "yes")]))
    assert "None of the 6 trials in the first analysis is judged here." in view.notes
