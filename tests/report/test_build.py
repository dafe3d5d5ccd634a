"""The page is well formed, loads nothing, hides nothing, and says what must be said."""

import itertools
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import version

import pytest

from liftproof.pages.outcomes.outcomes_section import outcomes_section
from liftproof.report.build import build, build_review_page
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import (
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)
from support.page_inputs import result_rows, review_inputs, with_rows

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "path", "use"}


class Page(HTMLParser):
    """Checks that tags close in order; keeps text, ids, attributes, headings and cells."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.attributes, self.text = [], [], [], []
        self.headings, self.cells, self.tags = [], [], Counter()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_startendtag(self, tag, attrs):
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" in self.open:
            return
        self.text.append(data)
        if self.open and re.fullmatch(r"h[1-6]", self.open[-1]):
            self.headings[-1][1] += data
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data

    @property
    def words(self):
        return re.sub(r"[ \n]+", " ", "".join(self.text))


PAGES = {"first": lambda inputs: build([inputs]), "review": build_review_page}


@pytest.fixture(scope="module")
def page(inputs):
    return Page(build_review_page(inputs))


@pytest.fixture(scope="module", params=PAGES)
def either(request, inputs):
    return Page(PAGES[request.param](inputs))


def test_ids_are_unique_and_every_reference_within_the_page_has_its_target(either):
    page = either
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    wanted = {
        name
        for _, attribute, value in page.attributes
        if attribute in ("aria-labelledby", "for")
        for name in value.split()
    } | {
        value[1:]
        for _, attribute, value in page.attributes
        if attribute == "href" and value.startswith("#")
    }
    assert wanted - set(page.ids) == set()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_loaded_from_elsewhere(inputs, name):
    html = PAGES[name](inputs)
    page = Page(html)
    assert {tag for tag in page.tags if tag in ("link", "img", "iframe", "object")} == set()
    data = [value for tag, key, value in page.attributes if (tag, key) == ("script", "type")]
    assert data == ["application/json"] * (name == "review")
    assert page.tags["script"] == 1 + len(data)
    assert "fetch(" not in html
    assert "import(" not in html
    assert "@import" not in html
    assert "url(" not in html
    links = [value for tag, name, value in page.attributes if tag == "a" and name == "href"]
    outside = [link for link in links if ":" in link]
    assert outside
    assert not [link for link in links if link.startswith("/")]
    assert all(link.startswith("https://doi.org/10.") for link in outside)
    assert [name for _, name, _ in page.attributes if name in ("src", "srcset", "poster")] == []


def test_headings_begin_at_one_and_skip_no_level(either):
    levels = [level for level, _ in either.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_the_page_names_its_language_and_lets_one_skip_to_the_content(either):
    page = either
    assert ("html", "lang", "en") in page.attributes
    assert page.tags["title"] >= 1
    assert ("a", "href", "#main") in page.attributes
    assert "main" in page.ids


def test_every_table_has_a_caption_and_scoped_headers(either):
    page = either
    headers = page.tags["th"]
    scopes = [value for tag, name, value in page.attributes if tag == "th" and name == "scope"]
    assert page.tags["table"] == page.tags["caption"] > 0
    assert len(scopes) == headers
    assert set(scopes) == {"col", "row"}


ESTIMATES = [
    "All trials†‡",
    "risk ratio",
    "0.45 (0.27 to 0.75)",
    "0.002",
    "0.00 (0.00 to 7.65)",
    "0.0\u202f%",
    "1.00",
    "0.23 (1; 0.628)",
    "DerSimonian-Laird",
    "All trials: field sports‡",
    "0.42 (0.15 to 1.15)",
    "Adults only†‡",
    "1234",
    "87",
    "0.012 to 16.50",
    "0.046 (0.00 to 7.65)",
    "restricted maximum likelihood",
]
TRIALS = [
    "Ant 2001‡",
    "Bee 2002†",
    "5/100",
    "12/101",
    "32.1\u202f%",
    "67.9\u202f%",
    "1.59",
    "hazard ratio",
    "no events in either arm",
]
PRINTED = [
    *("0.453", "0.4535", "✓ reproduced"),
    *("0.270", "0.2735", "≈ close", "typing error"),
    *("0.81", "0.753", "~ same conclusion"),
    *("<0.01", "0.002"),
    *("3", "2", "✗ different", "one trial had no event"),
    *("−0.4†", "—", "weekly sets", "seen in no source"),
    *("within 10\u202f%", "does not apply", "abstract"),
]
ENGINES = [
    *("PyMARE 0.0.13", "−0.7909 (−1.2966 to −0.2831)", "below 1e-12"),
    *("DerSimonianLaird(rho=None)", "statsmodels has no REML estimator"),
]
SOURCES = [
    *("people, control 101", "reconstructed", "solved from 201"),
    *("lower limit 0.25", "unverified", "memory of the paper"),
]


@pytest.mark.slow
@pytest.mark.parametrize("cell", [*ESTIMATES, *TRIALS, *PRINTED, *ENGINES, *SOURCES])
def test_every_number_of_the_rows_is_in_a_cell(page, cell):
    assert cell in {text.strip().replace("\N{NO-BREAK SPACE}", " ") for text in page.cells}


@pytest.mark.parametrize(
    "text",
    [
        "All trials†‡: risk ratio 0.45 (95\u202f% confidence interval 0.27 to 0.75), 2 effects. "
        "The interval excludes no effect (1).",
        "95\u202f% prediction interval for the true effect in a new trial: 0.012 to 16.50 "
        "(Riley, t with k − 2).",
        "6 printed numbers compared: 2 reproduced, 1 close, 1 same conclusion, 1 different, "
        "1 blocked.",
        "7 numbers of trials, of which 1 unverified and 1 reconstructed.",
        "Eel 2005 is left out of “All trials”: no events in either arm.",
        "Cat 2003 (sprains) awaits data: counts by arm.",
        "Dog 2004 awaits data: no outcome is recorded.",
        "studies.csv, line 5, study: a trial without an outcome, found 'dog', it awaits data",
        "1 of 2 pooled estimates were checked by PyMARE 0.0.13 and statsmodels 0.15.0, each as far "
        "as it has the method; the largest relative difference is below 1e-12 (PyMARE, “All "
        "trials”). 1 could not be checked.",
        "Caption of overall < all.",
        "Lifting <b>& sprains",
        "Viechtbauer W. Bias and efficiency",
        f"liftproof{version('liftproof')}",
    ],
)
def test_the_page_says(page, text):
    assert text in page.words


def test_the_first_page_says_what_was_asked_and_found_with_a_figure_and_a_way_on(inputs):
    first = Page(build([inputs]))
    assert "What effect has strength training, compared with usual training?" in first.words
    assert "All trials†‡: risk ratio 0.45" in first.words
    assert first.tags["figure"] == 1
    assert ("a", "href", "made_up/report.html#review-made_up") in first.attributes


def test_missing_and_unnecessary_explanations_raise_an_alarm(page):
    assert [value for _, name, value in page.attributes if value == "alarm"] == ["alarm"]
    assert (
        "all trials pooled, upper limit: printed 0.81, computed 0.753, same conclusion, and no "
        "explanation." in page.words
    )
    assert (
        "all trials pooled, lower limit: printed 0.270, computed 0.2735, close: the explanation "
        "that stands in published.csv is no longer needed." in page.words
    )


@pytest.mark.slow
def test_without_complaints_there_is_no_alarm(inputs):
    quiet = tuple(
        row for row in inputs.rows(ReproductionRow) if row.explanation in ("not_needed", "given")
    )

    page = Page(build_review_page(with_rows(inputs, ReproductionRow, quiet)))

    assert [value for _, _, value in page.attributes if value == "alarm"] == []
    assert 'class="alarm"' not in build([with_rows(inputs, ReproductionRow, quiet)])


def test_the_heading_says_whether_what_reproduces_is_only_close(inputs):
    rows = inputs.rows(ReproductionRow)
    close = tuple(replace(row, verdict="close") for row in rows if row.verdict == "reproduced")
    same = tuple(row for row in rows if row.verdict == "reproduced")
    for told, heading in ((close, "What reproduces or comes close"), (same, "What reproduces")):
        section = outcomes_section(with_rows(inputs, ReproductionRow, told))
        assert section.reproducing == heading


def test_what_differs_is_as_prominent_as_what_reproduces(page):
    summary = page.words.split("What reproduces")[1].split("Printed, computed, verdict")[0]
    reproduces, differs = summary.split("What does not")
    assert "p value: ✓ reproduced" in reproduces
    assert "estimate (limits): ~ same conclusion" in differs
    assert "pooled effects: ✗ different" in differs
    assert "1 number: counts not published: … blocked" in differs


@pytest.mark.parametrize("name", PAGES)
def test_what_the_data_say_is_escaped(inputs, name):
    assert "Lifting <b>" not in PAGES[name](inputs)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_holds_no_path(inputs, name):
    html = PAGES[name](inputs)
    assert "/nowhere" not in html
    assert str(inputs.figures[0].svg.parent) not in html


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_the_same_rows_give_the_same_bytes(inputs, name):
    assert PAGES[name](inputs) == PAGES[name](inputs)


def test_a_review_without_results_still_has_its_page(inputs):
    empty = review_inputs(
        replace(
            inputs.review,
            settings=Settings(title="Nothing yet"),
            studies=(),
            outcomes=(),
            provenance=(),
            warnings=(),
        ),
    )

    words = Page(build_review_page(empty)).words

    assert "A review without printed numbers: there is nothing to hold these results" in words
    assert "pooled again" not in words
    assert "computed again" not in words
    assert "This report: Liftproof" in words
    assert "No figure was drawn." in words
    assert "No trial awaits data." in words
    assert "The data raised no warning that is not settled." in words
    assert "No estimate was checked by other software." in words


@pytest.mark.parametrize(
    ("citation", "doi", "said"),
    [
        ("One A (2020) Journal 1, 2-3", "", "which is not by the review's authors"),
        ("One A, in print", "10.1000/1", "which is not by the review's authors"),
        ("Living review of this project", "", "This report: Liftproof"),
    ],
)
def test_only_a_review_that_cites_a_publication_is_by_others(inputs, citation, doi, said):
    settings = replace(inputs.review.settings, citation=citation, doi=doi)
    review = replace(inputs.review, settings=settings)
    words = Page(build_review_page(replace(inputs, review=review))).words
    assert said in words
    assert ("pooled again" in words) == ("authors" in said)


def test_two_reviews_share_a_page(inputs):
    renamed = replace(inputs, review=replace(inputs.review, name="other"), figures=())
    rows = [replace(row, review="other") for row in inputs.rows(ReproductionRow)]
    other = with_rows(renamed, ReproductionRow, rows)

    page = Page(build([inputs, other]))

    assert [name for name, count in Counter(page.ids).items() if count > 1] == []


def test_an_analysis_may_be_called_as_a_part_of_the_page_is(inputs):
    names = {"overall": "estimates", "adults": "data"}

    def renamed(rows):
        return tuple(replace(row, analysis=names.get(row.analysis, row.analysis)) for row in rows)

    settings = inputs.review.settings
    analyses = tuple(replace(each, id=names[each.id]) for each in settings.analyses)
    review = replace(inputs.review, settings=replace(settings, analyses=analyses))
    results = result_rows(
        row
        for row_class in (EstimateRow, EffectRow, SubgroupRow, EngineRow)
        for row in renamed(inputs.rows(row_class))
    )
    figures = tuple(
        replace(figure, place=place)
        for figure in inputs.figures
        for place in renamed([figure.place])
    )
    changed = replace(inputs, review=review, results=results, figures=figures)

    ids = Counter(Page(build_review_page(changed)).ids)

    assert [name for name, count in ids.items() if count > 1] == []
    assert ids["review-made_up-estimates-forest"] == 1


def test_each_page_lists_its_parts_and_each_outcome_leads_to_its_forest_plot(page):
    links = [value for tag, name, value in page.attributes if tag == "a" and name == "href"]
    parts = [
        *("plots", "outcomes", "estimates-title", "reproduction-title", "missing", "data"),
        *("second", "methods"),
    ]
    assert [link for link in links if link in {f"#review-made_up-{part}" for part in parts}] == [
        f"#review-made_up-{part}" for part in parts
    ]
    assert "#review-made_up-overall-forest" in links
    assert "#review-made_up-adults-forest" in links


def test_methods_say_once_what_all_analyses_share_and_name_the_others(page):
    methods = page.words.split("Methods ")[1].split("What the verdicts mean")[0]

    assert methods.count("Effect measure: risk ratio, pooled as its natural logarithm.") == 1
    assert "are Wald limits: the estimate ± 1.96 standard errors. (All trials.)" in methods
    assert "(Viechtbauer 2005). (Adults only.)" in methods
