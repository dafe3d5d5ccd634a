"""Reviews of one group: checked, pooled, drawn and told without arms and without no effect."""

from dataclasses import replace

import numpy as np
import pytest

from liftproof.analysis.conclusions import conclusion_of
from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.diagnostics.diagnose import NO_NULL
from liftproof.analysis.effects import effects_under
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.explored import explored_analyses
from liftproof.analysis.specification import specification_of
from liftproof.analysis.trial_data import trials_of_analysis
from liftproof.blog.effect_words import headline
from liftproof.blog.kit_facts import kit_facts
from liftproof.blog.kit_words import caption
from liftproof.citation_file import CitationFile
from liftproof.engines.everything import all_second_opinions
from liftproof.errors import DataError
from liftproof.pages.diagnostics.funnel_drawing import draw_funnel
from liftproof.pages.diagnostics.funnel_figure import FUNNEL
from liftproof.pages.estimates.summary import outcome
from liftproof.pages.forest.forest_captions import forest_alt_text, forest_description
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.pages.forest.forest_view import forest_view
from liftproof.reviews import read
from liftproof.reviews.model.house_style import HouseStyle
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.effects.escalc import escalc
from liftproof.statistics.pooling import pool
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.methods import methods
from support.made_up_trials import EVENTS, N, review_of
from support.page_inputs import result_rows

SAME = 1e-9
"""Relative: the same formulas."""
OF_ONE = [code for code, record in MEASURES.items() if record.is_of_one_group]
WITHOUT_NULL = [code for code in OF_ONE if not MEASURES[code].has_null]
ARM_WORDS = ("avour", "intervention", "control", "no effect")


def pooled(measure, **options):
    analysis = Analysis(
        id="all", title="All", measure=measure, tau2="DL", interval="wald", **options
    )
    review = review_of(MEASURES[measure].sources[0], analysis)
    even = replace(review, outcomes=tuple(replace(row, better="") for row in review.outcomes))
    return even, analysis, pool_analysis(even, analysis)


def view_of(measure):
    review, _, found = pooled(measure)
    return forest_view(found.estimate, found.effects, (), review.settings)


def test_a_pooled_proportion_is_that_of_arrays():
    """1/2 is added to the trials of 0 of 40 and 0 of 120; clusters are left as they are."""
    _, _, found = pooled("PLO", clustering="ignore")
    effect = escalc("PLO", xi=EVENTS[0], ni=N[0])
    alone = pool(effect.y, effect.v, tau2="DL", interval="wald")
    expected = [1 / (1 + np.exp(-float(getattr(alone, name)))) for name in ("estimate", "ci_low")]
    row = found.estimate
    assert [row.estimate, row.ci_low] == pytest.approx(expected, rel=SAME)
    assert (row.p_value, row.participants, row.events) == (None, sum(N[0]), sum(EVENTS[0]))


@pytest.mark.parametrize("measure", OF_ONE)
def test_a_figure_and_its_words_name_no_arm(measure):
    view = view_of(measure)
    words = f"{forest_alt_text(view)} {forest_description(view)}"
    has_null = MEASURES[measure].has_null
    banned = ARM_WORDS[:-1] if has_null else ARM_WORDS
    assert [word for word in banned if word in words] == []
    assert (view.axis.no_effect is None) is not has_null
    assert (view.axis.left, view.axis.right) == (
        ("← Lower after", "Higher after →") if has_null else ("", "")
    )
    assert all(len(row.arms) == 1 for row in view.trials)
    assert view.axis.low <= min(row.estimate for row in view.trials)
    assert max(row.estimate for row in view.trials) <= view.axis.high


def test_columns_of_one_group_are_events_and_people_or_time():
    rates = view_of("IR").trials[1].arms[0]
    assert [view_of("PLO").trials[1].arms, view_of("ZCOR").trials[1].arms] == [("5/55",), ("55",)]
    assert rates.startswith("5/")
    assert rates != "5/55"


def test_a_figure_without_no_effect_is_drawn_without_its_line():
    lines = [
        line.get_gid()
        for line in draw_forest(view_of("PLO")).axes[1].collections
        if line.get_gid() != "squares" and len(line.get_paths()) == 1
    ]
    assert "pooled-line" in lines
    assert None not in lines


@pytest.mark.parametrize("measure", OF_ONE)
def test_a_funnel_stands_about_no_effect_or_nowhere(measure):
    review, _, found = pooled(measure)
    rows = [found.estimate, *found.effects]
    assert bool(FUNNEL.places(review)) is MEASURES[measure].has_null
    views = FUNNEL.views(review, result_rows(rows))
    assert bool(views) is MEASURES[measure].has_null
    for view in views:
        draw_funnel(view)
        assert (view.axis.left, view.axis.right) == ("lower after", "higher after")


@pytest.mark.parametrize("measure", OF_ONE)
def test_the_kit_for_a_blog_names_no_arm(measure):
    review, _, found = pooled(measure)
    rows = result_rows([found.estimate, *found.effects])
    facts = kit_facts(review, rows, (), CitationFile(), HouseStyle())
    words = f"{caption(facts)} {headline(facts)}"
    assert [word for word in ("avour", " against ", "worse than without") if word in words] == []


def test_the_explorer_is_of_two_arms():
    review, _, _ = pooled("PLO")
    assert list(explored_analyses(review)) == []


@pytest.mark.parametrize("measure", WITHOUT_NULL)
def test_what_came_out_is_told_without_no_effect(measure):
    _, analysis, found = pooled(measure)
    told = outcome(found.estimate, 0.95)
    assert "no effect" not in told
    assert conclusion_of(found.estimate) == (0, None)
    sentences = " ".join(methods(found.estimate, found.effects, analysis))
    assert "ratio" not in sentences
    assert ("Nothing is added to empty cells" in sentences) is MEASURES[measure].takes_empty


def test_diagnostics_about_no_effect_say_so_and_the_others_stand():
    review, analysis, _ = pooled("PLO")
    rows = diagnose(review, analysis)
    about = {row.method for row in rows if row.note == NO_NULL}
    assert {"confidence", "pet_peese", "excess_significance", "next_trials"} <= about
    quantities = {(row.method, row.quantity) for row in rows}
    assert ("egger", "p_value") in quantities
    assert ("leave_one_out", "estimate") in quantities
    assert ("leave_one_out", "p_value") not in quantities


@pytest.mark.parametrize("measure", ["PLO", "PAS", "IRS", "ZCOR", "PLN", "SMCR"])
def test_other_engines_agree_on_every_scale(measure):
    _, _, found = pooled(measure)
    rows = all_second_opinions([found.estimate], [], found.effects, 0.95)
    assert [row.agreed for row in rows if row.estimate is not None] == ["yes"] * 3


def test_nothing_is_added_where_a_measure_exists_with_empty_cells():
    analysis = Analysis(id="all", title="All", measure="PETO", tau2="FE", interval="wald")
    trials = trials_of_analysis(review_of("counts", analysis), analysis)
    y, _ = effects_under(trials, specification_of(analysis))
    own = escalc("PETO", ai=0, n1i=40, ci=4, n2i=42, add=0)
    assert float(y[0]) == pytest.approx(float(own.y), rel=SAME)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "review.yaml").write_text(
        "title: Made up\nmeasure: COR\nanalyses:\n  - id: all\n    title: All\n", encoding="utf-8"
    )
    (tmp_path / "studies.csv").write_text(
        "study,label,year\none,One,2001\ntwo,Two,2002\n", encoding="utf-8"
    )
    return tmp_path


def written(folder, outcomes, measure="COR", more=""):
    text = (folder / "review.yaml").read_text(encoding="utf-8").replace("COR", measure)
    (folder / "review.yaml").write_text(text + more, encoding="utf-8")
    (folder / "outcomes.csv").write_text(outcomes, encoding="utf-8")
    return folder


def test_a_review_of_correlations_is_read_and_pooled(folder):
    review = read(written(folder, "study,outcome,r,n\none,o,0.3,40\ntwo,o,0.5,60\n"))
    (analysis,) = review.settings.analyses
    assert 0.3 < pool_analysis(review, analysis).estimate.estimate < 0.5


@pytest.mark.parametrize(
    ("outcomes", "measure", "sentence"),
    [
        ("study,outcome,r,n\none,o,1,40\ntwo,o,0.5,60\n", "ZCOR", "r: a correlation lies between"),
        (
            "study,outcome,events,n\none,o,41,40\ntwo,o,5,60\n",
            "PLO",
            "events: more events than the 40 participants of the group",
        ),
        (
            "study,outcome,mean,sd,n\none,o,4,1,1\ntwo,o,5,1,60\n",
            "MN",
            "n: a standard deviation needs 2 participants or more",
        ),
        (
            "study,outcome,mean_before,sd_before,mean_after,sd_after,n\n"
            "one,o,4,1,5,1,9\ntwo,o,5,1,6,1,60\n",
            "SMCR",
            "r_before_after",
        ),
        (
            "study,outcome,estimate,ci_low,ci_high,measure\n"
            "one,o,0.1,0.05,0.2,PLO\ntwo,o,0.2,0.1,0.3,PLO\n",
            "PLO",
            "PLO cannot be computed from this row",
        ),
    ],
)
def test_numbers_that_cannot_be_are_refused_by_row(folder, outcomes, measure, sentence):
    with pytest.raises(DataError, match=sentence):
        read(written(folder, outcomes, measure))


def test_nobody_is_better_in_one_group(folder):
    rows = "study,outcome,events,n\none,o,4,40\ntwo,o,5,60\n"
    with pytest.raises(DataError, match="PLO is of one group, and favours nobody"):
        read(written(folder, rows, "PLO", "    better: higher\n"))


def test_double_arcsines_are_read_with_a_warning(folder):
    rows = "study,outcome,events,n\none,o,0,20\ntwo,o,5,60\n"
    warnings = [str(one) for one in read(written(folder, rows, "PFT")).warnings]
    assert any("no way back that fits several trials" in one for one in warnings)
