"""Multilevel models against metafor's rma.mv, and what cannot be estimated is refused."""

import pickle

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from liftproof.statistics.multilevel.structures import STRUCTURES
from liftproof.statistics.multilevel.surface import deviance
from support.multilevel_cases import CASES, CLUSTERS, SCHOOLS, fit, floats

pytestmark = pytest.mark.slow

CLOSED = 1e-10
SEARCHED = 1e-6
"""Of each likelihood's own unit; metafor's search stops this near the maximum."""
AT_THE_EDGE = 2e-4
"""To metafor's search a correlation of 1 and a variance of 0 lie at infinity: it stops before them,
where the likelihood is lower by less than 1e-6."""
EDGES = {"crossed", "two_outcomes_un_ml"}
METAFORS_ROOT = 1.3e-4
"""metafor's confint() searches roots with R's default tolerance: 1.22e-4, absolute."""
BESIDE = 0.01
"""A step from the maximum, in parameters of the order 1."""
every_case = pytest.mark.parametrize("name", CASES)


def near(name):
    return AT_THE_EDGE if name in EDGES else SEARCHED


def test_every_structure_has_a_case():
    codes = {component.structure for name in CASES for component in fit(name).components}
    assert codes == {*STRUCTURES, "given"}


@every_case
def test_the_likelihood_is_metafors_or_higher(name):
    found, expected = fit(name).log_likelihood, CASES[name]["log_likelihood"][0]
    assert found == pytest.approx(expected, abs=SEARCHED)
    assert found > expected - CLOSED * abs(expected) - CLOSED


@every_case
def test_coefficients_and_their_errors_are_metafors(name):
    here, there = fit(name), CASES[name]
    assert here.coefficients == pytest.approx(there["estimate"], rel=near(name))
    assert here.se == pytest.approx(there["se"], rel=near(name))
    assert here.qm == pytest.approx(there["qm"][0], rel=near(name))
    assert here.q == pytest.approx(there["q"][0], rel=CLOSED)


@every_case
def test_variances_and_correlations_are_metafors(name):
    here, there = fit(name).components, CASES[name]
    variances = [number for one in here for number in one.variance]
    correlations = [number for one in here for number in one.correlation]
    assert variances == pytest.approx(there["sigma2"] + there["tau2"], rel=near(name), abs=SEARCHED)
    has_none = name.endswith(("_diag", "_id"))  # metafor holds a 0 in their place
    expected = [] if has_none else there["rho"]
    assert correlations == pytest.approx(expected, rel=near(name))


@every_case
def test_criteria_are_metafors(name):
    here, there = fit(name), CASES[name]
    assert here.parameters == there["parms"][0]
    found = [here.aic, here.bic, here.aicc]
    assert found == pytest.approx([there[key][0] for key in ("aic", "bic", "aicc")], rel=SEARCHED)


@every_case
def test_residuals_are_metafors(name):
    here, there = lp.multilevel_residuals(fit(name)), CASES[name]
    size = np.abs(there["resid"]).max()
    assert here.residual == pytest.approx(there["resid"], rel=near(name), abs=near(name) * size)
    assert here.se == pytest.approx(there["resid_se"], rel=near(name))
    assert here.conditional == pytest.approx(conditional(fit(name)), rel=SEARCHED, abs=CLOSED)


def conditional(found):
    """Return fitted values with the random effects, put together term by term."""
    values = found.model.x @ found.coefficients
    for term, effects in zip(found.model.terms, lp.multilevel_effects(found), strict=True):
        cells = list(zip(effects.group, effects.level, strict=True))
        own = zip(term.groups[term.outer], term.labels[term.inner], strict=True)
        values = values + [effects.effect[cells.index(cell)] for cell in own]
    return values


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]["effects"]])
def test_random_effects_are_metafors(name):
    """Sorted by value: metafor sorts its labels as numbers or texts, and these have both."""
    effects = lp.multilevel_effects(fit(name))
    for here, there in (("effect", "effects"), ("se", "effects_se")):
        found = np.sort(np.concatenate([getattr(one, here) for one in effects]))
        expected = np.sort(CASES[name][there])
        size = np.abs(expected).max()
        assert found == pytest.approx(expected, rel=near(name), abs=5 * near(name) * size)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]["cook"]])
def test_cooks_distances_are_metafors(name):
    found = lp.multilevel_influence(fit(name), CLUSTERS, reestimate=False)
    assert np.sort(found.cook) == pytest.approx(np.sort(CASES[name]["cook"]), rel=SEARCHED)


@pytest.mark.parametrize("name", ["nested", "exchangeable", "two_outcomes_un", "times_car"])
def test_limits_are_metafors(name):
    found = lp.multilevel_limits(fit(name))
    ends = np.column_stack([found.ci_low, found.ci_high]).ravel()
    assert ends == pytest.approx(CASES[name]["limits"], rel=SEARCHED, abs=METAFORS_ROOT)


@every_case
def test_no_point_beside_the_end_is_higher(name):
    model, at = fit(name).model, fit(name).at
    best = deviance(model, at)
    chance = np.random.default_rng(1)
    for _ in range(20):
        beside = at + BESIDE * chance.standard_normal(at.size)
        assert deviance(model, beside) >= best - CLOSED * abs(best)


def test_influence_searches_the_components_anew():
    found = lp.multilevel_influence(fit("nested"), SCHOOLS["district"])
    kept = [i for i, one in enumerate(SCHOOLS["district"]) if one != "11"]
    data = {key: [column[i] for i in kept] for key, column in SCHOOLS.items()}
    rest = lp.multilevel(floats(data["yi"]), floats(data["vi"]), "1 | district/school", data=data)
    assert found.cluster[0] == "11"
    assert found.coefficients[0] == pytest.approx(rest.coefficients, rel=SEARCHED)


def test_two_levels_are_those_of_three_level():
    here = fit("nested")
    there = lp.three_level(floats(SCHOOLS["yi"]), floats(SCHOOLS["vi"]), SCHOOLS["district"])
    variances = [float(one.variance[0]) for one in here.components]
    assert variances == pytest.approx([there.sigma2_study, there.sigma2_effect], rel=SEARCHED)
    assert [here.pi_low, here.pi_high] == pytest.approx([there.pi_low, there.pi_high], rel=SEARCHED)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_effects_without_heterogeneity_have_no_variance(structure):
    """Every variance is 0: the fit is that by the sampling variances, and says where it lies."""
    y = [0.3, 0.31, 0.29, 0.3, 0.305, 0.295, 0.3, 0.302]
    inner, outer = [1.0, 2.0] * 4, [1, 1, 2, 2, 3, 3, 4, 4]
    found = lp.multilevel(y, [0.02] * 8, lp.within(inner, outer, structure))
    (component,) = found.components
    assert component.variance == pytest.approx(0.0, abs=CLOSED)
    assert component.at_boundary
    assert np.isnan(component.correlation).all()
    assert found.coefficients == pytest.approx([np.mean(y)], rel=SEARCHED)


def test_without_random_effects_it_is_least_squares_by_the_covariance():
    found = lp.multilevel([1.0, 3.0], [[2.0, 1.0], [1.0, 4.0]])
    assert found.coefficients == pytest.approx([1.5], rel=CLOSED)
    assert found.se**2 == pytest.approx([1.75], rel=CLOSED)


def test_models_are_compared_by_their_likelihoods():
    found = lp.compare_multilevel(fit("two_outcomes_un"), fit("two_outcomes_cs"))
    apart = CASES["two_outcomes_un"]["log_likelihood"][0]
    apart -= CASES["two_outcomes_cs"]["log_likelihood"][0]
    assert (found.statistic, found.df) == (pytest.approx(2 * apart, rel=SEARCHED), 1)


Y, V = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4], [0.02] * 6
STUDY, TIME = ["a", "a", "b", "b", "c", "c"], [1, 2, 1, 5, 2, 5]


def refused(random, **options):
    with pytest.raises(InputError) as error:
        lp.multilevel(Y, V, random, **options)
    return str(error.value)


def test_what_the_data_cannot_tell_is_refused():
    same = [lp.intercepts(range(6), name="one"), lp.intercepts(range(6), name="other")]
    assert "do not tell the variance components of one; other apart" in refused(same)
    pairs = lp.within(["x", "y", "x", "z", "x", "y"], STUDY, "UN")
    assert "'y' and 'z' never occur in one group" in refused(pairs)


@pytest.mark.parametrize("random", [(), [lp.intercepts([1])]], ids=["fixed", "random"])
def test_a_single_effect_has_no_restricted_likelihood(random):
    with pytest.raises(InputError, match="needs more effects than coefficients, but both are 1"):
        lp.multilevel([0.1], [0.01], random)
    alone = lp.multilevel([0.1], [0.01], random, method="ML")
    assert (alone.coefficients[0], alone.se[0]) == pytest.approx((0.1, 0.1), rel=CLOSED)


def test_steps_of_unlike_width_are_no_steps():
    assert "structure='CAR' takes the times themselves" in refused(lp.within(TIME, STUDY, "AR"))
    assert "CAR needs times as numbers" in refused(lp.within(STUDY, STUDY, "CAR"))


def test_a_known_correlation_names_each_group_and_no_other():
    term = lp.intercepts(STUDY, name="species", correlation=(["a", "b", "d"], np.eye(3)))
    assert "lacking: c; not among the effects: d" in refused(term)
    term = lp.intercepts(STUDY, correlation=(["a", "b", "c"], np.eye(3) - 0.9))
    assert "no negative eigenvalue" in refused(term)


def test_a_formula_that_cannot_be_read_is_named():
    assert "'study' must read '1 | group'" in refused("study", data={"study": STUDY})
    assert "no column 'studdy'; did you mean study?" in refused("1 | studdy", data={"study": STUDY})
    assert "give them as data=" in refused("1 | study")


def test_models_that_hold_unlike_things_are_not_compared():
    one, other = fit("nested"), fit("moderator")
    with pytest.raises(InputError, match="method='ML'"):
        lp.compare_multilevel(other, one)
    with pytest.raises(InputError, match="same y, v and method"):
        lp.compare_multilevel(one, fit("nested_ml"))


UNEVEN = {
    "y": [0.87, -9.67, -0.38, 0.32, 3.19, 1.29, 72.53, -10.63, -2.02],
    "v": [0.029, 1380.864, 0.78, 0.176, 8.458, 7.953, 6140.192, 327.362, 5.764],
    "study": [2, 1, 0, 3, 2, 1, 0, 0, 1],
}
"""Made up: errors from 0.2 to 78. Without random effects the likelihood is lower by 0.27, yet level
by every standard deviation."""
EVEN = {
    "y": [0.1, 0.3, 0.9, 0.7, 0.2, 0.4],
    "v": [0.02, 0.03, 0.02, 0.04, 0.03, 0.02],
    "study": list("aabbcc"),
}
"""Made up: the variance of effects is 0 at its best, yet above 0 where that of studies is 0."""


def nested(data):
    return lp.multilevel(
        data["y"],
        data["v"],
        "1 | study/effect",
        data={"study": data["study"], "effect": np.arange(len(data["y"]))},
    )


def test_a_climb_that_steps_to_0_does_not_stay_there():
    expected, found = lp.three_level(**UNEVEN), nested(UNEVEN)
    assert found.log_likelihood == pytest.approx(expected.log_likelihood, abs=CLOSED)
    variances = [float(one.variance[0]) for one in found.components]
    assert variances == pytest.approx([0.126507362, 0], abs=SEARCHED)
    assert variances[0] == pytest.approx(expected.sigma2_study, rel=SEARCHED)


@pytest.mark.parametrize("data", [UNEVEN, EVEN])
def test_limits_let_the_other_variances_leave_0(data):
    expected, found = lp.component_limits(**data), lp.multilevel_limits(nested(data))
    low = [expected.study_ci_low, expected.effect_ci_low]
    high = [expected.study_ci_high, expected.effect_ci_high]
    assert found.ci_low == pytest.approx(low, abs=SEARCHED)
    assert found.ci_high == pytest.approx(high, rel=SEARCHED)


@pytest.mark.parametrize("structure", ["ID", "DIAG", "CS", "HCS", "UN", "AR", "HAR", "CAR"])
def test_a_fit_goes_to_another_process_and_back(structure):
    y, outcome, trial = [0.1, 0.3, 0.9, 0.7, 0.2, 0.6], [1, 2] * 3, [1, 1, 2, 2, 3, 3]
    term = lp.within(outcome, trial, structure)
    fit = lp.multilevel(y, [0.02] * 6, term)
    again = pickle.loads(pickle.dumps(fit))
    assert str(again) == str(fit)
    assert str(lp.multilevel_residuals(again)) == str(lp.multilevel_residuals(fit))


def test_a_fit_of_a_known_correlation_goes_to_another_process_and_back():
    fit = lp.multilevel([1, 2, 4], [1] * 3, lp.within(list("abc"), [1, 1, 2], correlation=0.5))
    assert str(pickle.loads(pickle.dumps(fit))) == str(fit)
