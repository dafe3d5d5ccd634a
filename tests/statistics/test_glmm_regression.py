"""Mixed models of counts with moderators, coding and correlated effects against metafor."""

import json
from functools import cache

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.heterogeneity import typical_variance
from liftproof.statistics.sparse.glmm_fit import typical_variance_left
from support.metafor_cases import REFERENCE, table
from support.sparse_cases import counts

BY_GLM = 1e-6
"""Without random effects: R's glm ends at a relative 1e-12 of the deviance, half its digits."""
BY_GLMER = 1e-4
"""lme4's search ends within a relative 1e-10 of a deviance that is itself a search."""
BY_ITS_HESSIAN = 1.5e-2
"""Of variances by lme4 where two effects are random: differences of such a deviance."""
BY_COVARIANCE = 1e-3
"""Of two random effects with a correlation, which 13 trials tell weakly."""
BY_SEARCH = 1e-6
CASES = json.loads((REFERENCE / "glmm.json").read_text(encoding="utf-8"))["cases"]
NAMES = ("dataset", "moderator", "model", "method", "coding", "cor")
every_case = pytest.mark.parametrize(
    "case", CASES, ids=["-".join(str(case.get(name, "")) for name in NAMES) for case in CASES]
)
pytestmark = pytest.mark.slow
NOISY = {"bcg": "CM.EL", "hart1999": "", "debruin2009": ""}
"""Models whose Wald's Q is there of a noisy Hessian; that of UM.RS is, too."""
MEASURES = {"bcg": "OR", "debruin2009": "PLO"}


def data_of(case):
    """Return measure, counts and moderator of a case."""
    dataset, name = case["dataset"], case["moderator"]
    rows = table(f"data/{dataset}.csv")
    columns = counts(dataset)
    measure = MEASURES.get(dataset) or ("IRR" if "model" in case else "IRLN")
    if measure == "IRLN":
        columns = columns[2:]
    if name == "latitude":
        return measure, columns, [float(row["ablat"]) / 10 for row in rows]
    if name == "scq":
        scq = [row["scq"] for row in rows]
        return measure, columns, [float(each) if each else np.nan for each in scq]
    return measure, columns, lp.design("m", {"m": [row[name] for row in rows]}) if name else None


@cache
def fitted(place):
    case = CASES[place]
    measure, columns, x = data_of(case)
    options = {name: case[name] for name in ("model", "method", "test") if name in case}
    if "coding" in case:
        options["coding"] = float(case["coding"])
    if "cor" in case:
        options["correlated"] = case["cor"] == "TRUE"
    if x is None:
        return lp.GLMM[measure](*columns, **options)
    if options.get("model") == "CM.EL" and measure == "OR":
        options["nodes"] = 7  # nearly what 15 give, in half the time
    return lp.GLMM_REGRESSION[measure](*columns, x, **options)


def number_of(case, name):
    """Return one of metafor's numbers; None where it has none."""
    return case[name][0]


@every_case
def test_coefficients_and_variances_are_metafors(case):
    found = fitted(CASES.index(case))
    nearly = BY_GLM if case["method"] == "EE" and case.get("model") != "UM.RS" else BY_GLMER
    ours = found.coefficients if case["moderator"] else [found.estimate]
    assert ours == pytest.approx(case["coef"], rel=nearly)
    of_variance = BY_COVARIANCE if case.get("cor") == "TRUE" else nearly
    assert found.tau2 == pytest.approx(number_of(case, "tau2"), rel=of_variance, abs=1e-9)
    for name in ("sigma2", "rho"):
        if number_of(case, name) is not None:
            assert getattr(found, name) == pytest.approx(number_of(case, name), rel=of_variance)
    if case.get("cor") != "TRUE":
        variances = np.ravel(found.covariance) if case["moderator"] else [found.variance]
        of_hessian = BY_ITS_HESSIAN if case.get("model") == "UM.RS" else nearly
        assert variances == pytest.approx(case["vcov"], rel=of_hessian)


@every_case
def test_heterogeneity_is_metafors(case):
    found = fitted(CASES.index(case))
    if number_of(case, "q_lrt"):  # its glm of a trial's own effects may fail: 0 or nothing then
        assert found.q_lrt == pytest.approx(number_of(case, "q_lrt"), rel=BY_GLMER)
        assert found.q_df == number_of(case, "q_df")
    if number_of(case, "q_wald") and NOISY[case["dataset"]] != case.get("model") != "UM.RS":
        assert found.q_wald == pytest.approx(number_of(case, "q_wald"), rel=BY_GLM)
    of_variance = BY_COVARIANCE if case.get("cor") == "TRUE" else BY_GLMER
    assert found.i2 == pytest.approx(number_of(case, "i2"), rel=of_variance, abs=1e-6)
    assert found.h2 == pytest.approx(number_of(case, "h2"), rel=of_variance)


@pytest.mark.parametrize("case", [case for case in CASES if case.get("cor") != "TRUE"])
def test_predictions_are_metafors(case):
    found, expected = fitted(CASES.index(case)), case["prediction"]
    if case["moderator"]:
        ahead = lp.predicted(found, [[1.0, *case["at"]]])
        ours = [ahead.estimate[0], ahead.se[0], ahead.pi_low[0], ahead.pi_high[0]]
    else:
        ours = [found.estimate, found.se, found.pi_low, found.pi_high]
    nearly = BY_ITS_HESSIAN if case.get("model") == "UM.RS" else BY_GLMER
    assert ours[: len(expected)] == pytest.approx(expected, rel=nearly)


def test_a_column_of_ones_is_the_pool():
    columns = counts("nielweise2007")
    ones = np.ones((len(columns[0]), 1))
    fit = lp.GLMM_REGRESSION["OR"](*columns, ones, intercept=0, model="CM.AL")
    pool = lp.GLMM["OR"](*columns, model="CM.AL")
    assert fit.coefficients == pytest.approx([pool.estimate], rel=BY_SEARCH)
    assert fit.tau2 == pytest.approx(pool.tau2, rel=BY_SEARCH)
    assert np.isnan(fit.qm)


def test_coefficients_follow_the_unit_of_a_moderator():
    columns, years = counts("bcg"), np.array([float(r["year"]) for r in table("data/bcg.csv")])
    plain = lp.GLMM_REGRESSION["OR"](*columns, years, model="CM.AL")
    centred = lp.GLMM_REGRESSION["OR"](*columns, (years - 1960) / 10, model="CM.AL")
    assert plain.coefficients[1] * 10 == pytest.approx(centred.coefficients[1], rel=BY_SEARCH)
    assert plain.tau2 == pytest.approx(centred.tau2, rel=BY_SEARCH)
    assert plain.log_likelihood == pytest.approx(centred.log_likelihood, rel=1e-12)


def test_what_follows_a_fit_takes_it():
    x = lp.design("a", {"a": [row["alloc"] for row in table("data/bcg.csv")]})
    fit = lp.GLMM_REGRESSION["OR"](*counts("bcg"), x, model="CM.AL")
    both = lp.hypotheses(fit, coefficients=x.terms["a"])
    assert both.joint == pytest.approx(fit.qm, rel=1e-9)
    assert both.joint_p == pytest.approx(fit.qm_p, rel=1e-9)


def test_missing_trials_are_named():
    columns = [np.array(column, dtype=float) for column in counts("bcg")]
    x = np.arange(13.0)
    columns[0][2] = x[5] = np.nan
    found = lp.GLMM_REGRESSION["OR"](*columns, x, model="CM.AL", method="EE", missing="drop")
    assert (found.dropped, found.k) == ((2, 5), 11)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"model": "CM.AL", "coding": 1}, "coding is of the two arms"),
        ({"coding": 2}, "coding must be 0.5, 1 or 0"),
        ({"correlated": True}, "only in UM.RS by ML"),
    ],
)
def test_what_a_model_does_not_have_is_refused(options, sentence):
    with pytest.raises(InputError, match=sentence):
        lp.GLMM["OR"](*counts("bcg"), **options)


def test_a_moderator_that_sets_trials_without_events_apart_is_refused():
    counts_here = [5, 4, 0, 0], [50, 50, 50, 50], [9, 7, 8, 6], [50, 50, 50, 50]
    with pytest.raises(InputError, match="has no finite coefficient"):
        lp.GLMM_REGRESSION["OR"](*counts_here, [0, 0, 1, 1], model="CM.AL", method="EE")


@pytest.mark.parametrize("smallest", [1e-8, 1e-12])
def test_the_typical_variance_of_a_mean_loses_no_digits_beside_a_very_large_trial(smallest):
    v = np.array([smallest, 1.0, 2.0, 0.7])
    effects = Effects(y=np.zeros(4), v=v, kept=np.ones(4, dtype=np.bool_))
    found = typical_variance_left(effects, np.ones((4, 1)))
    assert found == pytest.approx(float(typical_variance(v)), rel=1e-13)


SEPARATED = {
    "events_intervention": [0, 0, 0, 5, 6, 7],
    "n_intervention": [40] * 6,
    "events_control": [4, 5, 6, 3, 4, 2],
    "n_control": [40] * 6,
}
RARE = {"kind": ["rare", "rare", "rare", "common", "common", "common"]}


@pytest.mark.parametrize("model", ["UM.FS", "UM.RS", "CM.EL", "CM.AL"])
def test_a_moderator_that_separates_is_named(model):
    says = r"^kind\[T.rare\] has no finite coefficient: .* in one arm. Join levels"
    with pytest.raises(InputError, match=says):
        lp.GLMM_REGRESSION["OR"](**SEPARATED, x=lp.design("kind", RARE), model=model, method="EE")


def test_one_group_is_told_in_its_own_words():
    x, events = [0, 0, 0, 1, 1, 1], SEPARATED["events_intervention"]
    with pytest.raises(InputError, match=r"Moderator 1 .* had an event at all"):
        lp.GLMM_REGRESSION["PLO"](events, [40] * 6, x, method="EE")
    with pytest.raises(InputError, match="nobody has an event"):
        lp.GLMM_REGRESSION["IRLN"]([0] * 6, [40.0] * 6, x)
