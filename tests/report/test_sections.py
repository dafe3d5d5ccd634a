"""The registry of sections: the list of contents and the page follow from it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from liftproof import pages
from liftproof.errors import UsageError
from liftproof.pages.figure_kind import FigurePlace
from liftproof.pages.figures import FIGURES
from liftproof.pages.inputs import DrawnFigure
from liftproof.pages.page_section import PageSection
from liftproof.pages.sections import SECTIONS
from liftproof.report.build import address_within, build_review_page, templates
from support.page_inputs import drawn_figure

CLAIMS = "claims/claims.html.j2"
"""The page of claims stands before the reviews, once."""
FOLDER = Path(pages.__file__).parent


def test_every_template_of_a_topic_is_used_by_one_section():
    files = [str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*.j2")]
    assert sorted(files) == sorted([CLAIMS, *(section.template_path for section in SECTIONS)])


def test_every_template_can_be_read():
    for section in SECTIONS:
        assert (
            templates(address_within).get_template(section.template_path).name
            == section.template_path
        )


@pytest.mark.slow
def test_the_list_of_contents_holds_the_sections_that_stand_in_the_page(inputs):
    page = build_review_page(inputs)
    listed = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert listed is not None
    links = re.findall(r'href="#review-made_up-([^"]+)">([^<]+)<', listed[0])
    headings = dict(re.findall(r'<h3 id="review-made_up-([^"]+)">([^<]+)<', page))
    shown = [section for section in SECTIONS if section.view_model(inputs) is not None]
    assert links == [(section.anchor, section.contents) for section in shown]
    assert [headings[section.anchor] for section in shown] == [section.heading for section in shown]
    absent = {section.anchor for section in SECTIONS} - {section.anchor for section in shown}
    assert absent == {
        *("certainty-title", "multiverse-title", "doses-title", "diagnostics-title", "prints"),
        *("changes", "stopping"),
    }
    assert not absent & set(headings)


def test_sections_place_figures_of_their_own_topic_and_every_topic_of_figures_has_one():
    topics = {kind.name: kind.topic for kind in FIGURES}
    placed = [(kind, section.topic) for section in SECTIONS for kind in section.places]
    assert [pair for pair in placed if topics[pair[0]] != pair[1]] == []
    assert set(topics.values()) <= {section.topic for section in SECTIONS}


@pytest.mark.slow
def test_a_figure_that_no_template_places_ends_the_first_section_of_its_topic(inputs, tmp_path):
    svg = tmp_path / "new.svg"
    svg.write_text("<svg><text>drawn anew</text></svg>", encoding="utf-8")
    place = FigurePlace(review=inputs.review.name, analysis="overall", stem="new")
    (kind,) = (kind for kind in FIGURES if kind.name == "forest")
    new = replace(drawn_figure(kind, place, svg), kind="new")
    page = build_review_page(replace(inputs, figures=(*inputs.figures, new)))
    assert page.count("drawn anew") == 1
    before, after = page.split("drawn anew")
    assert re.findall(r"<h3 [^>]*>([^<]+)<", before)[-1] == "Forest plots"
    assert re.findall(r"<h3 [^>]*>([^<]+)<", after)[0] == "Explorer: choose for yourself"


def test_an_unknown_topic_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="'forrest' is no topic of the pages: did you mean forest"):
        PageSection(
            topic="forrest",
            anchor="plots",
            contents="Plots",
            heading="Plots",
            view_model=len,
            template="plots.html.j2",
        )


@pytest.mark.parametrize(("points", "is_broad"), [(518, False), (582, False), (684.67, True)])
def test_a_figure_too_broad_for_a_tablet_says_so_where_it_has_a_narrow_form(
    tmp_path, points, is_broad
):
    svg = tmp_path / "forest.svg"
    svg.write_text(f'<svg xmlns="x" width="{points}pt" height="9pt"></svg>', encoding="utf-8")
    figure = DrawnFigure(
        kind="forest",
        topic="forest",
        label="Forest plot",
        place=FigurePlace(review="a", analysis="b", stem="forest"),
        heading="",
        alt_text="",
        caption="",
        svg=svg,
        narrow=svg,
    )
    assert figure.is_broad == is_broad
    assert not replace(figure, narrow=None).is_broad
