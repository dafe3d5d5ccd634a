"""What reviews printed on prevention: as printed, none held twice, none counted as blocked."""

from functools import cache

import pytest

from liftproof.analysis.printed_pools import printed_pools
from liftproof.pages.prints.prints_section import prints_sentence
from liftproof.pages.prints.prints_view import prints_alt_text, prints_caption, prints_view
from liftproof.reviews import load
from liftproof.reviews.model.review import Review
from liftproof.reviews.other_reviews import reviews_pointed_to
from liftproof.reviews.review_folder import siblings_of
from liftproof.rows.print_rows import PrintRow
from support.every_reproduction import every_reproduction
from support.review_arithmetic import REVIEWS, read

NAME = "injury_prevention_pools"


@cache
def review() -> Review:
    loaded = load(REVIEWS / NAME)
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.review is not None
    return loaded.review


@cache
def rows() -> dict[str, PrintRow]:
    beside = siblings_of(review().folder, [row.see for row in review().prints])
    return {row.target: row for row in printed_pools(review(), beside.published)}


@pytest.mark.parametrize(
    ("target", "measure", "printed"),
    [
        ("robles2024_strength", "IRR", "0.3 (0.10 to 0.93)"),
        ("steib2017", "IRR", "0.58 (0.47 to 0.72)"),
        ("steib2017_twice", "IRR", "0.50 (0.29 to 0.86)"),
        ("steib2017_three_times", "IRR", "0.40 (0.31 to 0.53)"),
        ("steib2017_10_to_15_minutes", "IRR", "0.55 (0.42 to 0.72)"),
        ("ramirez_delacruz2022_stiffness", "SMD", "0.55 (0.28 to 0.82)"),
        ("ramirez_delacruz2022_strength", "SMD", "0.57 (0.42 to 0.73)"),
        ("ramirez_delacruz2022_jump", "SMD", "0.61 (0.47 to 0.74)"),
        ("moran2023_stiffness", "SMD", "0.33 (0.07 to 0.60)"),
        ("moran2023_trained", "SMD", "0.15 (-0.23 to 0.53)"),
    ],
)
def test_prints_of_its_own(target: str, measure: str, printed: str) -> None:
    row = rows()[target]
    assert (row.measure, row.printed, row.see) == (measure, printed, "")
    assert (row.kind, row.source.endswith(", abstract")) == ("primary_abstract", True)


@pytest.mark.parametrize(
    ("target", "printed", "studies", "participants"),
    [
        ("lauersen2014_strength", "0.315 (0.207 to 0.480)", 4, None),
        ("lauersen2018", "0.338 (0.238 to 0.480)", 6, 7738),
        ("quintana2025_injury", "0.83 (0.41 to 1.68)", None, None),
        ("vandyk2019_all", "0.49 (0.32 to 0.74)", 15, 8459),
        ("thorborg2017_11plus", "0.61 (0.48 to 0.77)", 4, None),
        ("obertinca2023", "0.71 (0.59 to 0.85)", 15, 22177),
    ],
)
def test_prints_held_elsewhere_come_from_there(
    target: str, printed: str, studies: int | None, participants: int | None
) -> None:
    row = rows()[target]
    assert (row.printed, row.studies, row.participants) == (printed, studies, participants)


def test_every_print_is_of_its_own_or_points_and_none_stands_in_another_review_too() -> None:
    own = [row for row in rows().values() if not row.see]
    assert (len(rows()), len(own)) == (22, 10)
    assert set(reviews_pointed_to(review())) == {
        *("lauersen2014", "lauersen2018", "nordic", "runners", "copenhagen"),
    }
    others = {
        row["target"] for name in reviews_pointed_to(review()) for row in read(name, "published")
    }
    assert not others & {row.target for row in own}


@pytest.mark.slow
def test_nothing_of_it_is_counted_among_verdicts() -> None:
    assert review().settings.title not in every_reproduction()


def test_the_figure_shows_ratios_and_names_what_it_leaves_to_the_table() -> None:
    view = prints_view(review().settings, tuple(rows().values()))
    assert [topic for topic, _ in view.topics] == [
        "strength training",
        "Nordic exercise",
        "FIFA 11 and 11+",
        "programmes of several parts",
        "youth, neuromuscular training",
    ]
    assert (len(view.lines), sum(line.is_filled for line in view.lines)) == (17, 12)
    assert (view.axis.low, view.axis.no_effect) == (0.1, 1.0)
    said = prints_alt_text(view)
    assert said.startswith("17 printed estimates side by side, from IRR 0.3 (0.10 to 0.93)")
    assert "The limits of 14 of them lie below 1 (no effect)." in said
    caption = prints_caption(view)
    assert "nothing is computed or pooled here" in caption
    assert "In the table alone, as no ratio with limits: Ramírez-delaCruz 2022" in caption


def test_how_many_reviews_it_shows() -> None:
    assert prints_sentence(tuple(rows().values())).startswith("22 printed results of 13 reviews.")
