"""Sentences on several analyses name few of them and count many; results gather their numbers."""

import re
from dataclasses import replace

from liftproof.pages.estimates.shared_sentences import MOST_NAMED, Shared, shared_cautions
from liftproof.pages.outcomes.outcomes_section import outcomes_section
from liftproof.pages.table import PageTable, headings
from liftproof.report.build import address_within, build_review_page, templates
from liftproof.rows.result_rows import EffectRow, EstimateRow, ReproductionRow
from support.page_inputs import with_rows

MANY = 2 * MOST_NAMED + 2
FEW = "Tests for small-study effects, and for what modifies the effect, tell little."


def many_analyses(inputs):
    """Return inputs with many analyses, the first half of them of two trials."""
    first, *_ = inputs.rows(EstimateRow)
    rows = [
        replace(first, analysis=f"a{n}", title=f"Title {n}", k=2 if n < MANY // 2 else 12)
        for n in range(MANY)
    ]
    effects = [
        replace(row, analysis=each.analysis) for each in rows for row in inputs.rows(EffectRow)[:2]
    ]
    return with_rows(with_rows(inputs, EstimateRow, rows), EffectRow, effects)


def test_many_analyses_are_counted_and_their_titles_open_beside(inputs):
    few = next(each for each in shared_cautions(many_analyses(inputs)) if FEW in each.text)
    assert few.about == f"{MANY // 2} of {MANY} analyses"
    assert few.titles == tuple(f"Title {n}" for n in range(MANY // 2))


def test_few_analyses_are_named_and_none_where_it_is_all(inputs):
    shared = {each.text: each for each in shared_cautions(inputs)}
    assert {each.titles for each in shared.values()} == {()}
    assert {each.about for each in shared.values()} == {"", "All trials"}


def test_no_paragraph_of_a_list_names_more_analyses_than_are_read(inputs):
    page = build_review_page(inputs)
    listed = re.findall(r'<span class="scope">\((.*?)\.\)</span>', page)
    assert [each for each in listed if each.count("; ") >= MOST_NAMED] == []


def test_numbers_of_one_result_with_one_verdict_share_a_line(inputs):
    rows = inputs.rows(ReproductionRow)
    more = replace(rows[3], quantity="q_p")
    section = outcomes_section(with_rows(inputs, ReproductionRow, [*rows, more]))
    assert [(each.name, each.quantities) for each in section.reproduces] == [
        ("all trials pooled", "p value; p value of Q")
    ]


def test_a_row_called_as_the_one_above_takes_one_line(inputs):
    page = build_review_page(inputs)
    rows = re.findall(
        r'<th scope="row">(.*?)</th>', page.split('id="review-made_up-reproduction"')[1]
    )
    first, second, *_ = rows
    assert second == f'<span class="again">{first}</span>'


def test_a_long_cell_that_says_the_same_as_the_one_above_takes_one_line():
    why, kept = "the counts that the review used were not seen, see the analysis of all", "short"
    rows = (("A", why, kept), ("B", why, kept), ("C", why[:-4], kept))
    shown = PageTable(key="k", caption="c", headings=headings("T", "# W", "# S"), rows=rows)
    page = templates(address_within).from_string(
        '{% from "macros.html.j2" import table with context %}{{ table(shown) }}'
    )
    cells = re.findall(r'<td class="number">(.*?)</td>', page.render(shown=shown))
    assert cells == [why, kept, f'<span class="again">{why}</span>', kept, why[:-4], kept]


def test_a_list_never_hides_all_that_it_says():
    page = templates(address_within).from_string(
        '{% from "macros.html.j2" import shared_list with context %}{{ shared_list(every) }}'
    )
    every = [Shared(text=f"Sentence {n}.", about="Adults only") for n in range(8)]
    shown, folded = page.render(every=every).split("<details>")
    assert (shown.count("Sentence"), folded.count("Sentence")) == (6, 2)
    assert "More that holds for some analyses and not for others: 2 sentences" in folded
    assert "<details>" not in page.render(every=every[:6])
