"""The drawn specifications as the explorer is set to them."""

import pytest

from liftproof.analysis.explored import explored_analysis
from liftproof.analysis.multiverse.ways import AS_IF_INDEPENDENT
from liftproof.pages.explorer.explored_map import explored_map
from liftproof.reviews import read
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow
from support.review_arithmetic import REVIEWS

NUMBERS = dict.fromkeys(
    ("combinations", "minimum", "mean", "maximum", "first_order", "total"), None
) | {"method": "Sobol, sample"}


@pytest.fixture(scope="module")
def explored():
    review = read(REVIEWS / "lauersen2018")
    return explored_analysis(review, review.settings.analyses[0])


def choice(kind, *options, name=""):
    return [
        ChoiceRow(
            review="lauersen2018",
            analysis="overall",
            choice=name or kind,
            kind=kind,
            option=option,
            settled="no" if place else "yes",
            **NUMBERS,
        )
        for place, option in enumerate(options)
    ]


def column(options, estimate, rank=0.0):
    return CurveRow(
        review="lauersen2018",
        analysis="overall",
        rank=rank,
        estimate=estimate,
        ci_low=None,
        ci_high=None,
        options=options,
        primary="no",
    )


def test_each_choice_names_its_place_in_a_state(explored):
    several = [place for place, each in enumerate(explored.trials) if len(each.extractions) > 1]
    rows = [
        *(
            row
            for place in several
            for row in choice("trial", "primary", "other", name=explored.trials[place].study.label)
        ),
        *choice("clustering", "as_extracted", "ignore"),
        *choice("tau2", "DL", "REML"),
        *choice("interval", "wald", "hksj"),
    ]
    curve = [column("0|1", 0.123456), column("1|1", None), column("0|0", 0.33333, rank=0.98765)]
    found = explored_map(explored, rows, curve)
    assert found == {
        "choices": [
            *(["extractions", place] for place in several),
            ["choices", list(explored.choices).index("clustering")],
            ["tau2", ["DL", "REML"]],
            ["interval", ["wald", "hksj"]],
        ],
        "estimates": [0.1235],
        "options": ["0|1"],
        "settled": [0.9877, 0.3333],
    }


def test_what_the_explorer_cannot_pool_has_no_code(explored):
    rows = [
        *choice("model", "three-level, REML", "three-level, ML", AS_IF_INDEPENDENT),
        *choice("interval", "one that it has not", "wald"),
    ]
    curve = [column("0|0", 0.2), column("0|0", 0.3)]
    assert explored_map(explored, rows, curve)["choices"] == [
        ["tau2", [None, None, "REML"]],
        ["interval", [None, "wald"]],
    ]


def test_an_analysis_without_a_curve_has_no_map(explored):
    assert explored_map(explored, [], []) is None


def test_an_analysis_without_an_estimate_as_settled_has_no_line(explored):
    found = explored_map(explored, [], [column("", 0.2), column("", None)])
    assert (found["estimates"], found["settled"]) == ([0.2], None)
