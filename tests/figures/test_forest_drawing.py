"""The drawn forest plot: what stands on it, that nothing overlaps, that areas show weights."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from liftproof.drawing.figure_form import NARROW, PHONE
from liftproof.drawing.text_widths import width, wrap
from liftproof.drawing.theme import applied
from liftproof.pages.forest.aligned_texts import aligned_texts
from liftproof.pages.forest.forest_captions import (
    forest_caption,
    forest_description,
    forest_key,
)
from liftproof.pages.forest.forest_drawing import LARGEST_SQUARE, draw_forest
from liftproof.pages.forest.forest_places import BARE_HEIGHT, PITCH
from liftproof.pages.forest.forest_rows import MOST_NAMED, SMALLEST_AREA
from liftproof.pages.forest.forest_view import forest_view
from support.forests import (
    LAUERSEN,
    SETTINGS,
    SHAPES,
    effect_row,
    estimate_row,
    grouped,
    lauersen,
    long_label,
    many,
    means,
    wide_interval,
)

pytestmark = pytest.mark.slow

SLACK = 0.02
"""Of a font size, to which text boxes may touch: glyphs are set on whole pixels."""
POINTS_APART = 0.5
"""By which a square's side exceeds the line through it: half a printer's hairline on each side."""
DPI = 300
FONT_PIXELS = 8 * DPI / 72


@pytest.fixture(scope="module")
def figures():
    return {name: draw_forest(make()) for name, make in SHAPES.items()}


def plot_of(figure: Figure):
    return next(axes for axes in figure.axes if axes.get_label() == "plot")


def artist(figure: Figure, gid: str):
    return next(item for item in plot_of(figure).get_children() if item.get_gid() == gid)


@cache
def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return every visible text of a figure with its box, in pixels; no test changes a figure."""
    with applied():
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
        renderer = canvas.get_renderer()
        return [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


def share(first: Bbox, second: Bbox) -> bool:
    """Tell whether two boxes overlap by more than the slack, in both directions."""
    slack = SLACK * FONT_PIXELS
    wide = min(first.x1, second.x1) - max(first.x0, second.x0)
    high = min(first.y1, second.y1) - max(first.y0, second.y0)
    return bool(wide > slack and high > slack)


@pytest.mark.parametrize("name", SHAPES)
def test_no_text_overlaps_another_or_leaves_the_figure(figures, name):
    figure = figures[name]
    found = boxes(figure)
    assert len(found) > 3
    page = figure.bbox
    for text, box in found:
        assert page.x0 <= box.x0, text
        assert box.x1 <= page.x1, text
        assert page.y0 <= box.y0, text
        assert box.y1 <= page.y1, text
    touching = [(one, other) for (one, a), (other, b) in combinations(found, 2) if share(a, b)]
    assert touching == []


@pytest.mark.parametrize("name", SHAPES)
def test_no_text_stands_on_the_plot(figures, name):
    figure = figures[name]
    found = boxes(figure)
    area = plot_of(figure).get_window_extent()
    assert [text for text, box in found if share(box, area)] == []


@pytest.mark.parametrize("name", SHAPES)
def test_every_label_is_drawn_in_full(figures, name):
    drawn = [text for text, _ in boxes(figures[name])]
    joined = "".join(drawn).replace(" ", "")
    for row in SHAPES[name]().rows:
        assert f"{row.label}{row.marks}".replace(" ", "") in joined
        assert not row.text or row.text in map(one_blank, drawn)


def one_blank(text: str) -> str:
    """Return an estimate without the blanks that bring decimal points in line."""
    return " ".join(text.split())


def test_areas_of_squares_are_in_proportion_to_weights(figures):
    sizes = artist(figures["lauersen"], "squares").get_sizes()
    weights = np.array([row[-1] for row in LAUERSEN])
    np.testing.assert_allclose(sizes, LARGEST_SQUARE * weights / weights.max(), rtol=1e-12)


@pytest.mark.parametrize("name", SHAPES)
def test_every_square_stands_out_from_the_line_of_its_interval(figures, name):
    sides = np.sqrt(artist(figures[name], "squares").get_sizes())
    assert (
        sides > artist(figures[name], "trial-intervals").get_linewidths()[0] + POINTS_APART
    ).all()


def test_the_caption_says_that_small_squares_are_drawn_larger():
    plot = lauersen()
    small = replace(plot.rows[0], area=SMALLEST_AREA / 2)
    told = "area in proportion to weight, but no less than 1/16 of the largest"
    assert told in forest_caption(replace(plot, rows=(small, *plot.rows[1:])))
    assert "no less than" not in forest_caption(plot)


def test_squares_stand_at_their_estimates(figures):
    offsets = artist(figures["lauersen"], "squares").get_offsets()
    assert [x for x, _ in offsets] == [row[2] for row in LAUERSEN]


def test_intervals_run_from_limit_to_limit(figures):
    segments = artist(figures["lauersen"], "trial-intervals").get_segments()
    assert [(start[0], end[0]) for start, end in segments] == [row[3:5] for row in LAUERSEN]


@pytest.mark.parametrize("name", SHAPES)
def test_arrowheads_stand_exactly_where_an_interval_is_cut(figures, name):
    plot, figure = SHAPES[name](), figures[name]
    for flag, edge in (("clipped_low", plot.axis.low), ("clipped_high", plot.axis.high)):
        heads = artist(figure, flag).get_offsets()
        assert len(heads) == sum(getattr(row, flag) for row in plot.rows)
        assert {x for x, _ in heads} <= {edge}


def test_shapes_have_cut_intervals_and_whole_ones():
    assert any(row.clipped_low for row in wide_interval().rows)
    assert not any(row.clipped_low or row.clipped_high for row in lauersen().rows)


def test_the_axis_is_labelled_in_plain_decimals(figures):
    plot = plot_of(figures["lauersen"])
    assert [tick.get_text() for tick in plot.get_xticklabels()] == ["0.1", "0.2", "0.5", "1", "2"]
    assert plot.get_xscale() == "log"
    assert plot_of(figures["means"]).get_xscale() == "linear"


def test_the_diamond_spans_the_pooled_interval(figures):
    corners = artist(figures["lauersen"], "pooled").get_xy()
    assert sorted(set(corners[:, 0])) == [0.239, 0.340, 0.483]
    dashed = artist(figures["lauersen"], "pooled-line").get_segments()
    assert {x for segment in dashed for x, _ in segment} == {0.340}


def test_each_group_of_several_trials_has_its_diamond(figures):
    children = plot_of(figures["grouped"]).get_children()
    assert sum(item.get_gid() == "subgroup" for item in children) == 2
    assert [row.kind for row in grouped().rows].count("subgroup") == 2


def test_a_prediction_interval_is_a_bar_and_may_be_absent(figures):
    bar = artist(figures["lauersen"], "prediction-intervals").get_segments()
    assert [(start[0], end[0]) for start, end in bar] == [(0.207, 0.559)]
    assert artist(figures["means"], "prediction-intervals").get_segments() == []
    assert means().estimate.pi_low is None


def test_rows_keep_their_height_and_the_figure_grows():
    heights = {k: draw_forest(many(k)).get_figheight() * 72 for k in (25, 60)}
    assert heights[60] - heights[25] == pytest.approx(35 * PITCH)


def test_very_many_trials_are_lines_in_the_order_of_their_estimates():
    view = many(MOST_NAMED + 1)
    assert not any(row.is_bare for row in many(MOST_NAMED).rows)
    assert [row.is_bare for row in view.rows] == [row.kind == "trial" for row in view.rows]
    figure = draw_forest(view)
    lines = artist(figure, "trial-intervals").get_segments()
    assert [start[0] for start, _ in lines] == pytest.approx([row.low for row in view.trials])
    assert [end[0] for _, end in lines] == pytest.approx([row.high for row in view.trials])
    assert [row.estimate for row in view.trials] == sorted(row.estimate for row in view.trials)
    heights = [start[1] for start, _ in lines]
    assert np.diff(heights) == pytest.approx(BARE_HEIGHT / len(lines))
    assert not [text for text, _ in boxes(figure) if text.startswith("Author")]
    assert any("in the order of the estimates" in note for note in view.footnotes)
    assert "Author" not in forest_description(view)


def test_the_usual_width_is_two_columns_and_more_where_labels_need_it(figures):
    assert figures["lauersen"].get_figwidth() * 72 == pytest.approx(518)
    assert draw_forest(long_label()).get_figwidth() * 72 > 518


def test_signs_of_mathematics_in_a_label_are_only_signs():
    plot = lauersen()
    first = replace(plot.rows[0], label="$\\alpha_1$ & <b> 50 % 2001")
    figure = draw_forest(replace(plot, rows=(first, *plot.rows[1:])))
    assert "$\\alpha_1$ & <b> 50 % 2001" in [text for text, _ in boxes(figure)]


def test_wrapped_lines_fit_and_keep_every_letter():
    text = "a Donaudampfschifffahrtsgesellschaftskapitän and others"
    lines = wrap(text, 60.0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(width(line) for line in lines) <= 60.0


def test_bold_is_wider_and_size_scales():
    assert width("0.34", bold=True) >= width("0.34") > 0
    assert width("0.34", size=16.0) == pytest.approx(2 * width("0.34", size=8.0))


LEAST_PIXELS = 11.0
"""Of a text at the width of a phone: browsers and style guides call smaller ones unreadable."""
ON_PHONES = ("lauersen", "three", "long_label", "wide_interval", "grouped", "means", "one", "none")


@pytest.fixture(scope="module")
def narrow():
    return {name: draw_forest(SHAPES[name](), NARROW) for name in ON_PHONES}


@pytest.mark.parametrize("name", ON_PHONES)
def test_on_phones_texts_are_large_apart_and_on_the_page(narrow, name):
    figure = narrow[name]
    assert figure.get_figwidth() * 72 == pytest.approx(NARROW.width)
    scale = PHONE / NARROW.width
    sizes = [text.get_fontsize() for text in figure.findobj(Text) if text.get_text()]
    assert min(sizes) * scale >= LEAST_PIXELS
    found, page = boxes(figure), figure.bbox
    for text, box in found:
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, text
        assert page.y0 <= box.y0 <= box.y1 <= page.y1, text
    touching = [(one, other) for (one, a), (other, b) in combinations(found, 2) if share(a, b)]
    assert touching == []


@pytest.mark.parametrize("name", ON_PHONES)
def test_on_phones_stand_the_same_numbers_and_key(narrow, name):
    plot = SHAPES[name]()
    joined = without_blanks("".join(text for text, _ in boxes(narrow[name])))
    for row in plot.rows:
        for text in (f"{row.label}{row.marks}", row.text, row.weight, *row.arms, row.note):
            assert without_blanks(text) in joined
    for text in (*plot.statistics, *plot.footnotes, *forest_key(plot)):
        assert without_blanks(text) in joined


def without_blanks(text: str) -> str:
    return "".join(text.split())


def test_decimal_points_of_a_column_stand_in_line():
    texts = aligned_texts(["1.16 (0.48 to 2.83)", "0.076 (0.0044 to 1.31)", "−10.00 (−2 to 3)"])
    ends = [width(text.rsplit("to", 1)[1].split(".")[0]) for text in texts[:2]]
    assert ends[0] == pytest.approx(ends[1], abs=0.05)
    assert [one_blank(text) for text in texts][:2] == [
        "1.16 (0.48 to 2.83)",
        "0.076 (0.0044 to 1.31)",
    ]


def test_one_long_number_leaves_no_hole_beside_the_others():
    usual = ["1.16 (0.48 to 2.83)", "0.29 (0.15 to 0.57)"]
    assert aligned_texts([*usual, "0.076 (0.0044 to 1.31)"])[:2] == usual


def test_hugely_wide_limits_are_said_in_words():
    pooled = estimate_row(3, 0.83, ci_low=0.41, ci_high=1.68, pi_low=0.00028, pi_high=2447.77)
    plot = forest_view(pooled, [effect_row(*row) for row in LAUERSEN[:3]], [], SETTINGS)
    assert plot.rows[-1].text == "(below 0.01 to above 100)"
    assert "0.00028" not in forest_description(plot) + forest_caption(plot)


def test_a_reported_trial_has_its_reported_limits_and_ours_in_a_footnote():
    rows = [effect_row(*row) for row in LAUERSEN]
    rows[3] = replace(
        rows[3], source="reported", ci_high=0.857, reported_low=0.15, reported_high=0.85
    )
    plot = forest_view(estimate_row(6), rows, [], SETTINGS)
    assert (plot.rows[3].text, plot.rows[3].high) == ("0.36 (0.15 to 0.85)", 0.85)
    told = "Limits as reported; those of the variance that is pooled: Walden 2012 0.15 to 0.86."
    assert told in plot.footnotes
    rows[3] = replace(rows[3], ci_high=0.8501)
    assert told not in forest_view(estimate_row(6), rows, [], SETTINGS).footnotes


def test_the_caption_says_which_numbers_follow_from_others_that_were_printed():
    rows = [
        replace(effect_row(*row), printed_as=form)
        for row, form in zip(LAUERSEN[:3], ("medians", "", "means_se"), strict=True)
    ]
    caption = forest_caption(forest_view(estimate_row(3), rows, [], SETTINGS))
    first, _, third = (row[0] for row in LAUERSEN[:3])
    papers = "Luo and others 2018, Wan and others 2014, Shi and others 2020"
    assert f"quartiles or range ({papers}): {first}." in caption
    assert f"Standard deviations follow from standard errors of means: {third}." in caption
