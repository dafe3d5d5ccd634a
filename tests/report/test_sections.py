"""The registry of sections: the list of contents and the page follow from it."""

import re
from pathlib import Path

import pytest

from liftproof import pages
from liftproof.errors import UsageError
from liftproof.pages.page_section import PageSection
from liftproof.pages.sections import SECTIONS
from liftproof.report.build import address_within, build_review_page, templates

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
