"""Every link of a finished page leads to a file or a place that is there; downloads are whole."""

import re
from urllib.parse import unquote

import pytest

from liftproof.drawing.figure_form import NARROW
from liftproof.pages.figures import drawn_files
from liftproof.report.gate.finished_page import FinishedPage
from liftproof.result_tables import script_files, written_files
from liftproof.reviews import read

pytestmark = pytest.mark.slow

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"([^>]*)>')


def links_of(page):
    """Return where the links of a page lead, and which of them are downloads, without the web's."""
    found = [(unquote(href), "download" in rest) for href, rest in _LINK.findall(page.markup)]
    return [(href, loads) for href, loads in found if not href.startswith("https://")]


@pytest.mark.parametrize("name", ["report.html", "two/report.html"])
def test_every_link_leads_somewhere(finished, name):
    page = FinishedPage(finished.results / name)
    ends = {page.path: set(re.findall(r'\bid="([^"]*)"', page.markup))}
    links = links_of(page)
    assert len(links) > 10
    for href, _ in links:
        path, _, anchor = href.partition("#")
        file = (page.path.parent / path).resolve() if path else page.path
        assert file.is_relative_to(finished.results.resolve()) or not path, href
        assert file.is_file(), href
        if anchor:
            other = FinishedPage(file)
            ends.setdefault(file, set(re.findall(r'\bid="([^"]*)"', other.markup)))
            assert anchor in ends[file], href


def test_the_page_offers_every_figure_table_and_script_and_the_archive(finished):
    review = read(finished.review)
    loads = {
        href
        for href, is_load in links_of(FinishedPage(finished.results / "two/report.html"))
        if is_load
    }
    figures = {f"figures/{file}" for file in drawn_files(review) if NARROW.suffix not in file}
    assert loads == {
        *figures,
        *written_files(review),
        *script_files(review),
        "report.pdf",
        "../report.zip",
    }


def test_page_and_kit_of_a_review_link_to_one_another(finished):
    page = finished.results / "two" / "report.html"
    kit = finished.results / "blog" / "two" / "index.html"
    assert '<a href="../blog/two/index.html">' in FinishedPage(page).markup
    assert '<a href="../../two/report.html">' in FinishedPage(kit).markup


def test_a_citation_can_be_copied_without_the_network(finished):
    page = FinishedPage(finished.results / "two" / "report.html").markup
    assert 'data-copies="review-two-citation" hidden>Copy citation</button>' in page
    assert re.search(r'id="review-two-citation">Liftproof [\d.]+\. Two made-up trials: comp', page)
