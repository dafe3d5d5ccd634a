"""The Methods text says what was done, by the rows, and cites true papers."""

from dataclasses import replace

import pytest

from liftproof.pages.estimates.cautions import cautions
from liftproof.pages.forest.forest_cells import tau2_limits
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.vocabulary.clustering import CLUSTERINGS
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.models import MODELS
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.untold import NO_TAU2, NO_WIDTH
from liftproof.words.methods import methods
from liftproof.words.names import has_common_effect, i2_source, pooled_by
from liftproof.words.references import REFERENCES, cited

ESTIMATE = EstimateRow(
    review="bcg",
    analysis="all",
    title="All trials",
    measure="RR",
    k=13,
    tau2_method="REML",
    interval="hksj_adhoc",
    estimate=0.49,
    ci_low=0.33,
    ci_high=0.73,
    pi_low=0.14,
    pi_high=1.7,
    tau2=0.3132,
    tau2_ci_low=0.12,
    tau2_ci_high=1.11,
    prediction="riley",
)
OF_COUNTS = {"model": "UM.FS", "tau2_method": ""}
"""The words ask the column that holds the model, not the one that holds the estimator."""
ANALYSIS = Analysis(id="all", title="All trials", measure="RR")


def effect(label="Ant 2001", **changes):
    row = {
        "review": "bcg",
        "analysis": "all",
        "study": label.lower(),
        "label": label,
        "outcome": "tb",
        "variant": "primary",
        "source": "counts",
        "measure": "RR",
        "y": -0.5,
        "v": 0.1,
        "weight_percent": 50.0,
        "unverified": "no",
        "reconstructed": "no",
        "design_effect": 1.0,
        "events_intervention": 5,
        "n_intervention": 50,
        "events_control": 9,
        "n_control": 50,
    }
    return EffectRow(**{**row, **changes})


def text(estimate=ESTIMATE, effects=(), analysis=ANALYSIS):
    return " ".join(methods(estimate, effects or (effect(),), analysis))


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("tau2", ESTIMATORS)
@pytest.mark.parametrize("clustering", CLUSTERINGS)
def test_every_combination_of_methods_has_its_text(tau2, interval, clustering):
    found = text(
        replace(ESTIMATE, tau2_method=tau2, interval=interval),
        analysis=replace(ANALYSIS, clustering=clustering),
    )

    assert "{" not in found
    assert found.startswith("Effect measure: risk ratio, pooled as its natural logarithm.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tau2_method": "DL"}, "one-step moment estimator of DerSimonian and Laird 1986"),
        ({"tau2_method": "PM"}, "moment estimator of Paule and Mandel 1982"),
        ({"tau2_method": "REML"}, "restricted maximum likelihood (Viechtbauer 2005)"),
        ({"tau2_method": "FE"}, "Model: fixed effect, weights 1 / v"),
        ({"interval": "wald"}, "are Wald limits"),
        ({"interval": "hksj"}, "Hartung and Knapp 2001 and Knapp and Hartung 2003"),
        ({"interval": "hksj_adhoc"}, "kept from falling below 1 (Jackson and others 2017)"),
        ({}, "Q-profile method (Viechtbauer 2007)"),
        ({}, "that of Higgins and others 2009"),
        ({}, "t distribution with k − 2 degrees of freedom"),
        ({}, "prediction interval, for the true effect in a new trial like these, is that"),
        ({"prediction": "HK-PR"}, "that of Partlett and Riley 2017"),
        ({"prediction": "KR"}, "variance τ² plus that of Kenward and Roger 1997"),
        ({"prediction": "V"}, "that of Veroniki and others 2019: t distribution with k − 1"),
        ({"prediction": "SJ"}, "the robust one of Sidik and Jonkman 2006"),
        ({"prediction": "simple"}, "variance τ² alone, as if the mean were known"),
        ({}, "(Higgins and Thompson 2002, equation 9)"),
        ({"tau2_method": "FE"}, "I² is (Q − (k − 1)) / Q in percent"),
        ({"measure": "SMD"}, "Hedges' g (Hedges 1981), a standardised mean difference"),
        ({"measure": "MD"}, "mean difference, pooled on its own scale"),
    ],
)
def test_the_method_of_the_row_is_named(changes, said):
    assert said in text(replace(ESTIMATE, **changes))


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_every_prediction_interval_has_its_own_text(prediction):
    texts = {name: text(replace(ESTIMATE, prediction=name)) for name in PREDICTIONS}
    assert len(set(texts.values())) == len(PREDICTIONS)
    assert f"prediction interval ({prediction})" not in texts[prediction]


def test_a_fixed_effect_model_names_no_tau2():
    fixed = replace(ESTIMATE, tau2_method="FE", pi_low=None, pi_high=None, prediction="")

    found = text(fixed)

    assert "τ²" not in found.replace("Q at τ²", "")
    assert "prediction" not in found


def test_sources_of_effects_are_counted():
    rows = (effect(), effect("Bee 2002"), effect("Cat 2003", source="reported", measure="HR"))

    found = text(effects=rows)

    assert "from events and participants (2) and a reported estimate and its limits (1)" in found
    assert "Some trials give hazard ratios, which are pooled as if they were risk ratios." in found


def test_trials_with_empty_cells_and_those_left_out_are_named():
    rows = (
        effect(),
        effect("Bee 2002", events_intervention=0),
        effect("Cat 2003", events_control=50),
        effect("Dog 2004", events_intervention=0, events_control=0, left_out="no events"),
    )

    found = text(effects=rows)

    assert 'add = 1/2, to = "only0" in metafor, Viechtbauer 2010' in found
    assert "Empty cells were corrected in Bee 2002 and Cat 2003." in found
    assert "Left out: Dog 2004 (no events)." in found


def test_without_counts_nothing_is_said_of_empty_cells():
    assert "only0" not in text(effects=(effect(source="reported", events_intervention=0),))


def test_inflated_variances_are_named_with_their_factor():
    rows = (effect(), effect("Bee 2002", design_effect=1.59))

    assert "Variances were inflated by a design effect in Bee 2002 (× 1.59)." in text(effects=rows)
    assert "Variances were inflated by a design effect in no trial." in text()


def test_of_a_model_of_counts_no_variance_is_said_to_be_inflated():
    found = text(
        replace(ESTIMATE, tau2_method="MH", interval="wald", model="MH"),
        (effect(design_effect=1.59),),
        replace(ANALYSIS, model="MH"),
    )
    assert "Mantel-Haenszel" in found
    assert "nflated" not in found
    assert "luster" not in found


def test_only_what_is_cited_is_listed():
    found = [reference.short for reference in cited(text())]

    assert found == sorted(found)
    assert "Viechtbauer 2005" in found
    assert "DerSimonian and Laird 1986" not in found


def test_numbers_that_follow_from_a_printed_form_are_told():
    rows = (
        effect(printed_as="medians ranges"),
        effect("Bee 2002", printed_as="medians"),
        effect("Cat 2003", printed_as="incidence"),
        effect("Doe 2004", printed_as="incidence", left_out="no events in either arm"),
    )
    said = text(effects=rows)
    papers = "(Luo and others 2018, Wan and others 2014, Shi and others 2020)"
    assert f"quartiles or range {papers}: Ant 2001, Bee 2002. Events or person-time" in said
    assert "follow from rates as printed: Cat 2003." in said
    assert "wan2014" not in said


def test_references_are_told_apart_by_author_and_year():
    shorts = [reference.short for reference in REFERENCES.values()]

    assert len(set(shorts)) == len(shorts)
    assert all(reference.short[-4:] in reference.full for reference in REFERENCES.values())
    assert all(reference.doi.startswith("10.") for reference in REFERENCES.values())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"k": 6}, "With fewer than ten effects the test of heterogeneity has little power"),
        ({"k": 2}, "A prediction interval needs three trials."),
        ({"k": 2, "prediction": "SJ"}, "A prediction interval needs three trials."),
        ({"tau2_method": "FE"}, "One effect for all trials has no spread"),
        ({**OF_COUNTS, "prediction": ""}, "shown without a prediction interval."),
        (
            {"pi_low": None, "pi_high": None, "prediction": "KR-PR"},
            "(Kenward-Roger as Partlett and Riley) has too few degrees of freedom",
        ),
        ({"k": 1}, "One trial is no meta-analysis: its own result is shown."),
        ({"k": 0}, "No trial can be pooled."),
        ({"tau2": 0.0}, "are those of the fixed-effect model"),
        ({"tau2": 0.0}, "no proof that trials share one effect: see the limits of τ²."),
        ({"tau2": 0.0, "tau2_ci_high": None}, "effect, and τ² has no limits here to tell."),
        ({"k": 6, "interval": "wald"}, "Wald limits take τ² as known"),
    ],
)
def test_cautions_follow_from_the_row(changes, said):
    assert said in " ".join(cautions(replace(ESTIMATE, **changes), (effect(),)))


COMMON_EFFECT = [code for code, one in {**ESTIMATORS, **MODELS}.items() if one.is_common_effect]


@pytest.mark.parametrize("code", COMMON_EFFECT)
def test_one_effect_for_all_trials_has_no_words_on_its_tau2(code):
    model = code if code in MODELS else "IV"
    estimate = replace(ESTIMATE, model=model, tau2_method=code, tau2=0.0)
    assert "τ²" not in " ".join(cautions(estimate, (effect(),)))
    assert tau2_limits(estimate, 0.95) == ()


def test_many_trials_that_vary_need_no_caution():
    assert cautions(ESTIMATE, (effect(),)) == ()


def test_two_trials_are_enough_for_one_degree_of_freedom_less():
    said = " ".join(cautions(replace(ESTIMATE, k=2, prediction="V"), (effect(),)))
    assert "prediction" not in said


def test_trials_on_unsure_numbers_are_named():
    rows = (
        effect(unverified="yes"),
        effect("Bee 2002", unverified="yes"),
        effect("Cat 2003", reconstructed="yes"),
    )

    assert cautions(ESTIMATE, rows) == (
        "Trials that rest on unverified numbers: Ant 2001, Bee 2002.",
        "Trials that rest on reconstructed numbers: Cat 2003.",
    )


def test_a_label_with_braces_stays_as_it_is():
    assert "Left out: {0} Ant (no events)." in text(
        effects=(effect("{0} Ant", left_out="no events"),)
    )


def test_the_words_of_a_model_of_counts_follow_from_the_model():
    row = replace(ESTIMATE, **OF_COUNTS, interval="wald", pi_low=None, pi_high=None, prediction="")
    assert "Model: generalised linear mixed model, fixed trial" in " ".join(
        methods(row, [effect()], ANALYSIS)
    )
    assert (pooled_by(row), i2_source(row)) == ("Generalised linear mixed model", "tau2")
    assert not has_common_effect(row)
    assert has_common_effect(replace(row, model="Peto"))


def test_limits_that_coincide_and_an_empty_set_of_tau2_are_told():
    alike = replace(ESTIMATE, model="IV", ci_low=0.49, ci_high=0.49, interval="hksj")
    assert cautions(alike, (effect(),)) == (NO_WIDTH,)
    without = replace(ESTIMATE, model="IV", tau2_ci_low=None, tau2_ci_high=None)
    assert cautions(without, (effect(),)) == (NO_TAU2,)
    assert NO_TAU2 not in cautions(replace(without, tau2_method="FE"), (effect(),))
    assert NO_TAU2 not in cautions(replace(without, model="three-level"), (effect(),))


def test_a_risk_difference_that_the_half_moved_is_told():
    counts = {
        "measure": "RD",
        "events_intervention": 0,
        "n_intervention": 40,
        "events_control": 0,
        "n_control": 120,
        "y": 0.5 / 41 - 0.5 / 121,
    }
    (said,) = cautions(ESTIMATE, (effect(**counts), effect("Bee 2002")))
    assert said == (
        "The half added to empty cells moves the risk difference of Ant 2001 from 0.0000 to 0.0081."
    )
    as_observed = counts | {"events_intervention": 4, "events_control": 6, "y": 0.1 - 0.05}
    assert cautions(ESTIMATE, (effect(**as_observed),)) == ()
    turned = as_observed | {"y": -0.05, "better": "higher"}
    assert cautions(ESTIMATE, (effect(**turned),)) == ()
