"""The registry of figures: the workflow's files, the page and the kit for a blog follow from it."""

import subprocess
import sys
from dataclasses import replace

import pytest

from liftproof.errors import UsageError
from liftproof.pages.figures import (
    FIGURES,
    blog_files,
    figure_files,
    svg_files,
    tables_drawn,
)
from liftproof.reviews import find, read
from support.workflow_project import REPOSITORY

PANELS = ("baujat", "p_value_function", "monitoring", "gosh")


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


def test_names_are_unique_and_places_share_neither_file_nor_anchor(review):
    assert len({kind.name for kind in FIGURES}) == len(FIGURES)
    places = [place for kind in FIGURES for place in kind.places(review)]
    assert len({place.path for place in places}) == len(places)
    assert len({place.anchor for place in places}) == len(places)


def test_files_are_told_from_the_data_of_a_review(review):
    assert svg_files(review) == [
        *(f"{analysis.id}/forest.svg" for analysis in review.settings.analyses),
        *(f"{name}/multiverse.svg" for name in ("overall", "adolescents", "adults")),
        *(f"overall/dose_{question.id}.svg" for question in review.settings.dose),
        *(f"overall/{stem}.svg" for stem in ("cumulative", "leave_one_out", "funnel")),
        *(f"overall/{stem}.svg" for stem in PANELS),
        *("printed/reproduction.svg", "overall/icons.svg"),
        *("trials/risk_of_bias.svg", "overall/flow.svg"),
    ]
    files = figure_files(review)
    in_steps = [file for file in files if file.startswith(("overall/cumul", "overall/leave"))]
    assert in_steps == [
        *(
            f"overall/{stem}.{suffix}"
            for stem in ("cumulative", "leave_one_out")
            for suffix in ("svg", "png", "pdf")
        ),
        *("overall/cumulative_narrow.svg", "overall/leave_one_out_narrow.svg"),
    ]
    narrow = [
        *("overall/forest_narrow.svg", "overall/multiverse_narrow.svg"),
        f"overall/dose_{review.settings.dose[0].id}_narrow.svg",
        *("overall/cumulative_narrow.svg", "overall/leave_one_out_narrow.svg"),
        "overall/funnel_narrow.svg",
        *(f"overall/{stem}_narrow.svg" for stem in PANELS),
        *("printed/reproduction_narrow.svg", "overall/icons_narrow.svg"),
        *("trials/risk_of_bias_narrow.svg", "overall/flow_narrow.svg"),
    ]
    assert len(files) == 3 * len(svg_files(review)) + len(narrow) + 1
    assert files[-15:] == [*narrow, "overall/forest_1200px.png"]
    kit = (
        *("forest.svg", "forest.png", "forest_2x.png", "forest.webp", "share.png"),
        *("forest_narrow.svg", "forest_narrow.png", "forest_narrow.webp"),
    )
    texts = (
        *("alt.txt", "caption.txt", "figure.html", "figure_img.html", "summary.md", "data.csv"),
        *("citation.bib", "citation.json", "index.html"),
    )
    assert {*kit, *texts} == set(blog_files(review))


def test_tables_are_read_only_where_a_figure_shows_them(review):
    drawn = ["estimates.csv", "effects.csv", "subgroups.csv", "contrasts.csv"]
    assert tables_drawn(review)[: len(drawn)] == drawn
    assert {"multiverse.csv", "dose_curves.csv"} <= set(tables_drawn(review))
    unasked = tuple(each for each in review.settings.analyses if not each.multiverse.is_asked)
    settings = replace(review.settings, analyses=unasked, dose=())
    silent = replace(review, settings=settings, published=())
    assert tables_drawn(silent) == [
        *drawn,
        "diagnostics.csv",
        "changes.csv",
        "gosh.csv",
    ]


def test_an_unknown_topic_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="'dosis' is no topic of the pages: did you mean dose"):
        replace(FIGURES[0], topic="dosis")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("liftproof.pages.figures", {"numpy", "pandas", "matplotlib", "seaborn"}),
        ("liftproof.report.build", {"pandas", "matplotlib", "seaborn"}),
        ("liftproof.report.results", {"pandas", "matplotlib", "seaborn"}),
    ],
)
def test_only_what_draws_imports_what_draws(module, unwanted):
    code = f"import sys, {module}; print(sorted({unwanted!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
