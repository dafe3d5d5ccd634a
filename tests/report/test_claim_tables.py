"""The page of claims: verdicts in words and symbols, and links that lead somewhere."""

import re
from dataclasses import replace

import pytest

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.claims.claim_cautions import CautionNumber, numbered_cautions
from liftproof.analysis.claims.ledger import ledger
from liftproof.analysis.estimates import pool_review
from liftproof.pages.certainty.certainty_words import findings_in_words
from liftproof.pages.claims.caution_words import cautions_html, cautions_in_words, cautions_text
from liftproof.pages.claims.claim_dot import claim_dot
from liftproof.pages.claims.claim_page import claims_tally, ledger_page
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.pages.forest.forest_figure import FOREST, forest_place
from liftproof.pages.inputs import ClaimInputs
from liftproof.pages.multiverse.curve_figure import CURVE, curve_place
from liftproof.report.build import build, build_review_page
from liftproof.reviews import find, names, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.rows.certainty_rows import FindingRow
from liftproof.rows.claim_rows import ClaimRow
from liftproof.rows.multiverse_rows import MultiverseRow
from support.multiverse_rows import multiverse_row
from support.page_inputs import drawn_figure, review_inputs, with_rows
from support.workflow_project import REPOSITORY

TENTH = 0.11
"""Places are rounded to a tenth of the width's unit."""


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
    asked = read_claims(REPOSITORY, reviews, names(REPOSITORY))
    found = ledger(asked, reviews, ())
    return ClaimInputs(
        claims=tuple(claims_in_words(found, ())),
        readings=found.readings,
        cautions=tuple(cautions_in_words(numbered_cautions(asked, reviews))),
    )


@pytest.mark.slow
def test_parts_of_a_sentence_stand_together(inputs, claims):
    page = ledger_page(claims, [inputs])
    safe = next(each for each in page.sentences if "safe and effective" in each.claimed)
    assert [(each.part, each.verdict_text) for each in safe.answers] == [
        ("Effective in adolescents", "↷ supported elsewhere"),
        ("Effective in adults", "↷ supported elsewhere"),
        ("Safe", "~ weaker than said"),
    ]
    assert page.tally == (
        "16 sentences, with 19 verdicts: 4 supported elsewhere, 1 weaker than said, "
        "14 not testable."
    )


def test_a_card_has_the_verdict_in_a_sentence_and_its_numbers_as_a_dot(inputs, claims):
    answers = {
        each.claim: each for one in ledger_page(claims, [inputs]).sentences for each in one.answers
    }
    told = answers["more_than_halved"]
    assert told.lead.startswith("The numbers are as said (a risk ratio below 0.5), but only 1 of")
    assert told.dot.text == "Risk ratio 0.34 (0.24 to 0.48)†, 6 trials; said: 0.5"
    assert told.dot.low < told.dot.dot < told.dot.high < told.dot.said < told.dot.no_effect
    assert answers["effective_adults"].dot.said is None
    assert answers["dose_volume"].dot is None
    assert answers["running_alone"].dot is None


@pytest.mark.parametrize(("measure", "middle"), [("RR", 0.5), ("MD", 0.625)])
def test_ratios_stand_on_a_logarithmic_scale(measure, middle):
    row = ClaimRow(
        claim="a",
        claimed="b",
        measure=measure,
        estimate=middle,
        ci_low=0.25,
        ci_high=1.0,
        studies=1,
    )
    found = claim_dot(row)
    assert found.dot == pytest.approx((found.low + found.high) / 2, abs=TENTH)


def test_readings_are_shown_where_certainty_is_asked_for(inputs, claims):
    page = ledger_page(claims, [inputs])
    by_claim = {each.claim: each for one in page.sentences for each in one.answers}
    assert not by_claim["average_two_thirds"].readings.rows
    rows = {row[0]: row[1:5] for row in by_claim["more_than_halved"].readings.rows}
    assert rows["The prediction interval for a new setting"] == (
        "no",
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


def test_ways_to_be_certain_that_do_not_apply_are_told_in_sentences(inputs, claims):
    page = ledger_page(claims, [inputs])
    by_claim = {each.claim: each for one in page.sentences for each in one.answers}
    told = by_claim["effective_adults"]
    assert [row[1] for row in told.readings.rows[:3]] == ["yes", "yes", "no"]
    assert "not available" not in {row[2] for row in told.readings.rows}
    assert (
        "No prediction interval for a new setting: it does not exist for these trials."
        in told.unread
    )


def test_what_would_change_whether_the_size_said_is_shown(inputs, claims):
    told = answers(inputs, claims)
    assert told["more_than_halved"].size_change == (
        "The 95\u202f% interval excludes a risk ratio of 0.5. 1 more trial like the median one, if "
        "it finds no effect, ends that; a single one needs 0.27 times the information of the "
        "median one."
    )
    assert told["average_two_thirds"].size_change.startswith(
        "The 95\u202f% interval does not yet exclude a risk ratio of 0.345. Even 40 more trials "
        "like the median one do not make it do so if each finds what the pool finds (0.34); a"
    )
    assert told["effective_adults"].size_change == ""


@pytest.mark.slow
def test_the_page_opens_with_the_claims_and_its_links_lead_somewhere(inputs, claims):
    page = build([inputs], claims)
    assert page.index('id="claims"') < page.index('id="summary"')
    links = re.findall(r'href="([^"]*)#([^"]+)"', page[page.index('id="claims"') :])
    elsewhere = "lauersen2018/report.html"
    assert (elsewhere, "review-lauersen2018-overall-forest") in links
    targets = {"": page, elsewhere: build_review_page(inputs)}
    ids = {path: set(re.findall(r'id="([^"]+)"', text)) for path, text in targets.items()}
    assert [link for link in links if link[1] not in ids[link[0]]] == []


def answers(inputs, claims):
    page = ledger_page(claims, [inputs])
    return {each.claim: each for one in page.sentences for each in one.answers}


@pytest.mark.slow
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
    page = build_review_page(whole)
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


def every_caution():
    reviews = {name: read(find(name, REPOSITORY)) for name in ("nordic", "runners")}
    asked = read_claims(REPOSITORY, reviews, names(REPOSITORY))
    return numbered_cautions(asked, reviews)


@pytest.mark.slow
def test_cautions_tell_the_numbers_of_the_trials():
    told = {row.caution: row for row in cautions_in_words(every_caution())}
    assert list(told) == [
        "prevention_is_not_rehabilitation",
        "protection_takes_weeks",
        "soreness_is_common",
        "ankle_and_foot",
    ]
    weeks, ankle = told["protection_takes_weeks"], told["ankle_and_foot"]
    assert "9 of the 15 hamstring injuries with the Nordic exercise, and 12 of 52 without" in (
        weeks.sentence
    )
    assert "(hazard ratio as printed 3.60, 1.20 to 10.86)" in ankle.sentence
    assert (weeks.reviews, ankle.reviews) == ("nordic", "runners")


@pytest.mark.slow
def test_a_number_from_memory_is_marked_in_a_caution():
    (weeks,) = (each for each in every_caution() if each.caution.id == "protection_takes_weeks")
    recalled = CautionNumber(value=9, unverified="yes", reconstructed="no")
    (row,) = cautions_in_words([replace(weeks, numbers={**weeks.numbers, "early": recalled})])
    assert "9† of the 15 hamstring injuries" in row.sentence


def test_cautions_without_their_review_are_left_out(claims):
    assert [row.caution for row in claims.cautions] == [
        "prevention_is_not_rehabilitation",
        "soreness_is_common",
    ]


@pytest.mark.slow
def test_the_page_says_the_cautions_before_the_sentences(inputs, claims):
    page = build([inputs], claims)
    start, end = page.index('id="cautions"'), page.index('class="claim"')
    for row in claims.cautions:
        assert start < page.index(row.sentence) < end
    assert 'id="cautions"' not in build([inputs], replace(claims, cautions=()))


@pytest.mark.slow
def test_the_cautions_stand_in_short_with_the_rest_to_open_and_to_paste(inputs, claims):
    page = build([inputs], claims)
    cautions = page[page.index('id="cautions"') : page.index('class="claim"')]
    short, whole = cautions.split("<details>")
    assert "Prevention is not rehabilitation. Soreness is common at first.</p>" in short
    assert [row.sentence in whole for row in claims.cautions] == [True, True]
    assert 'href="blog/cautions.html"' in whole


@pytest.mark.slow
def test_cautions_lie_ready_to_paste():
    rows = cautions_in_words(every_caution())
    assert cautions_text(rows).splitlines() == [row.sentence for row in rows]
    page = cautions_html(rows)
    assert page.count("<li>") == len(rows)
    assert "<small>(Leppänen M and others" in page
    marked = cautions_html([replace(rows[0], sentence="a < b")])
    assert "<li>a &lt; b <small>" in marked
    assert cautions_text([]) == "No caution is recorded.\n"
    assert cautions_html([]) == "<p>No caution is recorded.</p>\n"


def test_the_tally_says_how_many_rest_on_very_low_certainty(claims):
    row = next(row for row in claims.claims if row.claim == "more_than_halved")
    rows = [row, replace(row, claim="b", grade="very_low")]
    assert claims_tally(rows) == (
        "1 sentence, with 2 verdicts: 2 supported elsewhere (1 with very low certainty)."
    )


def test_without_claims_there_is_no_such_page(inputs):
    assert 'id="claims"' not in build([replace(inputs, figures=())])
