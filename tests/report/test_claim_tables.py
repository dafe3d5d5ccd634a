"""The page of claims: verdicts in words and symbols, and links that lead somewhere."""

import re
from dataclasses import replace

import pytest

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.claims.ledger import ledger
from liftproof.analysis.estimates import pool_review
from liftproof.pages.certainty.certainty_words import findings_in_words
from liftproof.pages.claims.claim_page import ledger_page
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.pages.forest.forest_figure import FOREST, forest_place
from liftproof.pages.inputs import ClaimInputs
from liftproof.pages.multiverse.curve_figure import CURVE, curve_place
from liftproof.report.build import build
from liftproof.reviews import find, names, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.rows.certainty_rows import FindingRow
from liftproof.rows.multiverse_rows import MultiverseRow
from support.multiverse_rows import multiverse_row
from support.page_inputs import drawn_figure, review_inputs, with_rows
from support.workflow_project import REPOSITORY


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    review = read(find("lauersen2018", REPOSITORY))
    pooled = pool_review(review)
    svg = tmp_path_factory.mktemp("figures") / "forest.svg"
    svg.write_text("<svg></svg>", encoding="utf-8")
    rows = [*(one.estimate for one in pooled), *(row for one in pooled for row in one.effects)]
    place = forest_place("lauersen2018", "overall")
    return review_inputs(review, rows, [drawn_figure(FOREST, place, svg)])


@pytest.fixture(scope="module")
def claims(inputs):
    reviews = {"lauersen2018": inputs.review}
    found = ledger(read_claims(REPOSITORY, reviews, names(REPOSITORY)), reviews, ())
    return ClaimInputs(claims=tuple(claims_in_words(found, ())), readings=found.readings)


def test_parts_of_a_sentence_stand_together(inputs, claims):
    page = ledger_page(claims, [inputs])
    safe = next(each for each in page.sentences if "safe and effective" in each.claimed)
    assert [(each.part, each.verdict_text) for each in safe.answers] == [
        ("Effective in adolescents", "~ weaker than said"),
        ("Effective in adults", "~ weaker than said"),
        ("Safe", "… not testable"),
    ]
    assert page.tally == (
        "6 sentences, with 9 verdicts: 1 supported, 3 weaker than said, 5 not testable."
    )


def test_readings_are_shown_where_certainty_is_asked_for(inputs, claims):
    page = ledger_page(claims, [inputs])
    by_claim = {each.claim: each for one in page.sentences for each in one.answers}
    assert not by_claim["average_two_thirds"].readings.rows
    rows = {row[0]: row[1:5] for row in by_claim["more_than_halved"].readings.rows}
    assert rows["The prediction interval for a new setting"] == (
        "yes",
        "0.21 to 0.56",
        "upper limit at most 0.5",
        "✗ does not hold",
    )
    assert rows["The confidence distribution"] == (
        "yes",
        "98.5\u202f%",
        "at least 95\u202f%",
        "✓ holds",
    )


def test_the_page_opens_with_the_claims_and_its_links_lead_somewhere(inputs, claims):
    page = build([inputs], claims)
    assert page.index('id="claims"') < page.index('id="summary"')
    links = set(re.findall(r'href="#([^"]+)"', page[page.index('id="claims"') :]))
    assert "review-lauersen2018-overall-forest" in links
    assert links <= set(re.findall(r'id="([^"]+)"', page))


def answers(inputs, claims):
    page = ledger_page(claims, [inputs])
    return {each.claim: each for one in page.sentences for each in one.answers}


def test_a_verdict_links_to_forest_plot_certainty_multiverse_and_sources(inputs, claims):
    curve = drawn_figure(CURVE, curve_place("lauersen2018", "overall"), inputs.figures[0].svg)
    whole = replace(inputs, figures=(*inputs.figures, curve))
    row = multiverse_row(combinations=7, of=7.0, minimum=0.3, maximum=0.4)
    whole = with_rows(whole, MultiverseRow, [row])
    findings = findings_in_words(find_certainty(inputs.review).findings)
    whole = with_rows(whole, FindingRow, findings)

    answer = answers(whole, claims)["more_than_halved"]

    assert [(link.text, link.anchor) for link in answer.links] == [
        ("forest plot", "review-lauersen2018-overall-forest"),
        ("certainty", "review-lauersen2018-overall-certainty"),
        ("multiverse", "review-lauersen2018-overall-multiverse"),
    ]
    assert answer.lacking == ""
    assert answer.choices.startswith("Over 7 combinations of defensible choices the estimate runs")
    assert [(link.text, link.anchor) for link in answer.sources] == [
        ("Askling 2003", "review-lauersen2018-trial-askling2003"),
        ("Petersen 2011", "review-lauersen2018-trial-petersen2011"),
        ("Coppack 2011", "review-lauersen2018-trial-coppack2011"),
        ("Waldén 2012", "review-lauersen2018-trial-walden2012"),
        ("van der Horst 2015", "review-lauersen2018-trial-vanderhorst2015"),
        ("Zouita 2016", "review-lauersen2018-trial-zouita2016"),
        ("how the numbers are known", "review-lauersen2018-data"),
    ]
    page = build([whole], claims)
    for link in (*answer.links[:2], *answer.sources):
        assert page.count(f'id="{link.anchor}"') == 1


def test_a_verdict_says_what_its_analysis_has_not(inputs, claims):
    answer = answers(inputs, claims)["effective_adults"]

    assert answer.links == ()
    assert answer.lacking == (
        "No forest plot was drawn. Certainty by GRADE is not judged for this analysis. It has no "
        "multiverse: no printed estimate is recorded for it, nor does it ask for one."
    )
    assert [link.text for link in answer.sources[:-1]] == ["Petersen 2011", "van der Horst 2015"]


def test_further_analyses_that_a_verdict_tells_are_linked(inputs, claims):
    place = forest_place("lauersen2018", "counts")
    drawn = (*inputs.figures, drawn_figure(FOREST, place, inputs.figures[0].svg))

    answer = answers(replace(inputs, figures=drawn), claims)["average_two_thirds"]

    assert [(link.text, link.anchor) for link in answer.beside] == [
        ("Counts of all six trials, clusters ignored", "review-lauersen2018-counts-forest")
    ]


def test_without_claims_there_is_no_such_page(inputs):
    assert 'id="claims"' not in build([replace(inputs, figures=())])
