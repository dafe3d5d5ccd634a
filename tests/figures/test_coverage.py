"""A coverage study drawn: a panel a truth, a line a method, at the heights of the rows."""

import numpy as np
import pytest

from liftproof.pages.simulation.coverage_drawing import draw_coverage
from liftproof.pages.simulation.coverage_view import of_mean, of_predictions
from liftproof.simulation.study import CoverageStudy
from liftproof.simulation.study_page import drawn, page_text
from liftproof.simulation.study_run import Part, run_part, simulation_rows


@pytest.fixture(scope="module")
def rows():
    study = CoverageStudy(
        k=(2, 4),
        tau2=(0.0, 0.1),
        sizes=("equal", "one_small"),
        reviews=300,
        estimator=("DL", "REML"),
    )
    return simulation_rows(study, run_part(study, Part(), None, lambda *_: None))


@pytest.mark.slow
def test_each_panel_draws_the_coverage_of_each_method(rows):
    view = of_mean(rows)
    panels = draw_coverage(view).get_axes()
    assert len(panels) == len(view.panels) == 4
    truths = [("equal", 0.0), ("equal", 0.1), ("one_small", 0.0), ("one_small", 0.1)]
    for axes, (sizes, tau2) in zip(panels, truths, strict=True):
        level, *lines = axes.get_lines()
        assert set(level.get_ydata()) == {0.95}
        for line, interval in zip(lines, view.methods, strict=True):
            wanted = [
                row.coverage
                for row in rows
                if (row.tau2_method, row.interval, row.prediction) == ("REML", interval, "")
                and (row.sizes, row.true_tau2) == (sizes, tau2)
            ]
            assert np.array_equal(line.get_ydata(), wanted)
    assert len({(one.get_color(), one.get_marker()) for one in lines}) == len(lines)


@pytest.mark.slow
def test_predictions_rest_on_one_interval_and_begin_where_they_exist(rows):
    view = of_predictions(rows)
    assert view.title.endswith("τ² by REML, on hksj_adhoc")
    first = dict(zip(view.methods, view.panels[0].lines, strict=True))
    assert first["HTS"][0] is None
    assert first["V"][0] is not None
    assert len(draw_coverage(view).get_axes()[0].get_lines()) == 1 + len(view.methods)


@pytest.mark.slow
def test_the_page_has_the_drawing_and_what_we_would_take(rows):
    page = page_text(rows, 1, [(drawn(of_mean(rows)), "A caption.")])
    assert page.count("<svg") == 1
    assert "one trial a tenth of the others; 50 an arm" in page
    assert "With 4 trials we would take" in page


def test_where_one_kind_was_not_studied_it_has_no_drawing(rows):
    of_the_mean = [row for row in rows if not row.prediction]
    assert of_predictions(of_the_mean) is None
    assert of_mean([row for row in rows if row.prediction]) is None
