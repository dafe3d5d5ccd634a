"""A valid call of every public function that takes columns of numbers, argument by argument."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

import liftproof as lp
from support.conversion_columns import COLUMNS

Y = [-0.51, -0.22, 0.05, 0.3, -0.1]
V = [0.04, 0.01, 0.09, 0.05, 0.02]
STUDY = ["a", "a", "b", "b", "c"]
DOSES = [1.0, 2.0, 4.0, 3.0, 6.0]
COUNTS = {
    "events_intervention": [4, 6, 3, 12, 9],
    "n_intervention": [123, 306, 231, 300, 150],
    "events_control": [11, 29, 11, 20, 7],
    "n_control": [139, 303, 220, 290, 160],
}
RATES = {
    "events_intervention": [9, 8, 3, 4, 6],
    "person_time_intervention": [413.0, 263.0, 487.0, 237.0, 300.0],
    "events_control": [19, 19, 13, 14, 5],
    "person_time_control": [398.0, 245.0, 435.0, 296.0, 310.0],
}
MEANS = {
    "mean_intervention": [5.0, 4.9, 22.5, 12.5, 6.5],
    "sd_intervention": [4.7, 1.7, 3.4, 1.5, 0.8],
    "n_intervention": [13, 30, 35, 20, 8],
    "mean_control": [6.5, 6.1, 24.9, 12.3, 7.4],
    "sd_control": [3.8, 2.3, 10.7, 1.7, 1.4],
    "n_control": [13, 50, 35, 20, 8],
}
EFFECTS = {"y": Y, "v": V}
OF_CONFIDENCE = partial(lp.confidence_distribution_of, lp.pool(Y, V))
TAU, MU = lp.half_normal(0.5), lp.normal_mu(0.0, 1.0)
FIT = lp.dose_response(
    lp.dose_contrasts(["a", "b", "c"], [1.0, 2.0, 4.0], [0.0, 0.0, 1.0], Y[:3], V[:3])
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``columns``: numbers, one a trial or so; ``labels``: which trial, of a regression the design.

    ``free``: columns whose length is their own. ``whole``: columns that must be whole numbers.
    """

    function: Callable[..., Any]
    columns: Mapping[str, list[float]]
    labels: Mapping[str, list[Any]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    free: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    def __call__(self, **instead: Any) -> Any:
        """Call with some columns replaced."""
        return self.function(**{**self.columns, **self.labels, **self.options, **instead})


def _of_effects(name: str, **more: Any) -> Call:
    options = {key: value for key, value in more.items() if not isinstance(value, list)}
    columns = {key: value for key, value in more.items() if isinstance(value, list)}
    return Call(function=getattr(lp, name), columns=EFFECTS | columns, options=options)


def _of_counts(function: Callable[..., Any], *, are_whole: bool = False, **options: Any) -> Call:
    counts = tuple(COUNTS)
    whole = counts if are_whole else ()
    return Call(function=function, columns=COUNTS, options=options, whole=whole, counts=counts)


def _of_columns(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of columns by name, for one that takes a method and columns by place."""
    return lambda **columns: function("OR", *columns.values())


def _of_rates(function: Callable[..., Any], *, are_whole: bool = False) -> Call:
    counts = tuple(name for name in RATES if name.startswith("events"))
    return Call(function=function, columns=RATES, whole=counts if are_whole else (), counts=counts)


CONVERSIONS: Mapping[str, Call] = {
    **{
        name: Call(function=getattr(lp, name.split(" ")[0]), columns=columns)
        for name, columns in COLUMNS.items()
    },
    "conv_delta": Call(function=lp.conv_delta, columns=EFFECTS, options={"transform": np.exp}),
}
PRIORS = {"tau_prior": TAU}
DESIGN = [[1.0, dose] for dose in DOSES]
CALLS: Mapping[str, Call] = {
    **{
        name: _of_effects(name)
        for name in (
            *("pool", "baujat", "begg_mazumdar", "blup", "cumulative", "egger", "thompson"),
            *("excess_significance", "funnel", "gosh", "influence", "leave_one_out"),
            *("pet_peese", "profile_likelihood", "trim_and_fill", "trial_limits"),
            *("fail_safe", "information_criteria", "henmi_copas", "limit_meta_analysis"),
        )
    },
    "pool with weights": _of_effects("pool", weights=[1.0, 2.0, 3.0, 4.0, 5.0]),
    "cumulative with order": _of_effects("cumulative", order=[2001, 1999, 2003, 2004, 2002]),
    "funnel_regression": _of_effects("funnel_regression", n=[40, 90, 30, 60, 70], predictor="ni"),
    "selection_model": _of_effects("selection_model", kind="halfnorm"),
    "truncated_selection": _of_effects("truncated_selection", delta=0.5),
    "selection_limits": _of_effects("selection_limits", kind="halfnorm"),
    "evidence": _of_effects("evidence", tau_prior=TAU, mu_prior=MU),
    "posterior": _of_effects("posterior", **PRIORS),
    "random_effects": _of_effects("random_effects", **PRIORS),
    "shrunken_effects": _of_effects("shrunken_effects", **PRIORS),
    "monitor": _of_effects("monitor", sizes=[90, 180, 40, 70, 100], required=1200),
    "required_size": _of_effects("required_size", sizes=[90, 180, 40, 70, 100], common=1000),
    **{
        name: Call(function=getattr(lp, name), columns=EFFECTS, labels={"x": DESIGN}, options=more)
        for name, more in {
            "meta_regression": {},
            "selection_regression": {"kind": "halfnorm"},
            "truncated_regression": {"delta": 0.5},
            "permutation_test": {},
            "regression_influence": {},
            "likelihood_ratio": {"reduced": [[1.0]] * 5},
        }.items()
    },
    "meta_regression on one column": _of_effects("meta_regression", x=DOSES, intercept=True),
    "dose_regression": _of_effects("dose_regression", dose=DOSES),
    **{
        name: Call(function=getattr(lp, name), columns=EFFECTS, labels={"study": STUDY})
        for name in ("three_level", "component_limits")
    },
    "uwls": _of_effects("uwls"),
    "nnf_prediction": _of_effects("nnf_prediction"),
    "waap": _of_effects("waap"),
    "pool_imputed": Call(function=lp.pool_imputed, columns={"estimates": Y, "variances": V}),
    "combine_p_values": Call(function=lp.combine_p_values, columns={"p": V}),
    "scale_permutation_test": Call(
        function=lp.scale_permutation_test,
        columns={
            "y": [0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4],
            "v": [0.05] * 8,
            "scale": [1.0, 3.0, 3.0, 1.0, 5.0, 5.0, 1.0, 2.0],
        },
        options={"iterations": 3},
    ),
    "location_scale": Call(
        function=lp.location_scale,
        columns={
            "y": [0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4],
            "v": [0.05] * 8,
            "scale": [1.0, 3.0, 3.0, 1.0, 5.0, 5.0, 1.0, 2.0],
        },
    ),
    "explained": Call(
        function=lp.explained, columns=EFFECTS, labels={"x": DESIGN}, options={"terms": [[1]]}
    ),
    **{
        name: Call(
            function=getattr(lp, name),
            columns={"y": Y, "covariance": V},
            labels={"cluster": ["a", "b", "c", "d", "e"]},
            options={"coefficients": [0]},
        )
        for name in ("robust_hypotheses", "wild_bootstrap")
    },
    "robust_moments": Call(
        function=lp.robust_moments, columns=EFFECTS, labels={"study": ["a", "a", "b", "c", "d"]}
    ),
    "vcalc": Call(
        function=lp.vcalc,
        columns={"v": V, "time1": DOSES},
        labels={"cluster": STUDY},
        options={"phi": 0.5},
    ),
    "multilevel": Call(
        function=lp.multilevel,
        columns=EFFECTS,
        options={"random": "1 | study", "data": {"study": STUDY}},
    ),
    "subgroups": Call(function=lp.subgroups, columns=EFFECTS, labels={"groups": STUDY}),
    "cluster_robust": Call(
        function=lp.cluster_robust,
        columns={"y": Y, "covariance": V},
        labels={"cluster": ["a", "b", "c", "d", "e"]},
    ),
    "aggregate": Call(function=lp.aggregate, columns=EFFECTS, labels={"group": STUDY}),
    "constant_correlation": Call(
        function=lp.constant_correlation,
        columns={"v": V},
        labels={"group": STUDY},
        options={"rho": 0.5},
    ),
    "marginal_covariance": Call(
        function=lp.marginal_covariance,
        columns={"v": V},
        labels={"study": STUDY},
        options={"sigma2_study": 0.1, "sigma2_effect": 0.1},
    ),
    **{
        name: _of_counts(getattr(lp, name))
        for name in ("risk_ratio", "odds_ratio", "risk_difference")
    },
    **{f"EFFECTS[{name}]": _of_counts(lp.EFFECTS[name]) for name in ("RR", "OR", "RD")},
    "escalc": Call(
        function=lambda ri, ni: lp.escalc("ZCOR", ri=ri, ni=ni),
        columns={"ri": [0.3, 0.5, -0.1], "ni": [20, 30, 40]},
    ),
    "proportions_from_double_arcsine": Call(
        function=lp.proportions_from_double_arcsine,
        columns={"y": [0.4, 0.6], "n": [20, 30]},
    ),
    **CONVERSIONS,
    "harbord": _of_counts(lp.harbord),
    "peters": Call(function=lp.peters, columns={"y": Y} | COUNTS, counts=tuple(COUNTS)),
    "peto": _of_counts(lp.peto),
    **{
        name: _of_counts(_of_columns(getattr(lp, name)))
        for name in ("leave_one_out_counts", "cumulative_counts", "influence_counts")
    },
    "beta_binomial": _of_counts(lp.beta_binomial, are_whole=True),
    "cochran_mantel_haenszel": _of_counts(lp.cochran_mantel_haenszel),
    "cochran_mantel_haenszel_rates": _of_rates(lp.cochran_mantel_haenszel_rates),
    "equal_odds_ratios": _of_counts(lp.equal_odds_ratios),
    **{
        f"MANTEL_HAENSZEL[{name}]": _of_counts(lp.MANTEL_HAENSZEL[name])
        for name in ("OR", "RR", "RD")
    },
    **{f"MANTEL_HAENSZEL[{name}]": _of_rates(lp.MANTEL_HAENSZEL[name]) for name in ("IRR", "IRD")},
    "rate_ratio": _of_rates(lp.rate_ratio),
    "GLMM[OR]": _of_counts(lp.GLMM["OR"], are_whole=True, model="CM.AL"),
    "GLMM[IRR]": _of_rates(lp.GLMM["IRR"], are_whole=True),
    "GLMM_REGRESSION[OR]": Call(
        function=lp.GLMM_REGRESSION["OR"],
        columns=COUNTS,
        labels={"x": DESIGN},
        options={"model": "CM.AL", "method": "EE", "intercept": 0},
        whole=tuple(COUNTS),
        counts=tuple(COUNTS),
    ),
    "GLMM_REGRESSION[IRR]": Call(
        function=lp.GLMM_REGRESSION["IRR"],
        columns=RATES,
        labels={"x": DESIGN},
        options={"model": "CM.EL", "method": "EE", "intercept": 0},
        whole=("events_intervention", "events_control"),
        counts=("events_intervention", "events_control"),
    ),
    "GLMM[PLO]": Call(
        function=lp.GLMM["PLO"],
        columns={"events": [11, 24, 179, 82], "n": [29, 33, 326, 240]},
        whole=("events", "n"),
        counts=("events", "n"),
    ),
    "GLMM[IRLN]": Call(
        function=lp.GLMM["IRLN"],
        columns={"events": [9, 8, 3, 4], "person_time": [413.0, 263.0, 487.0, 237.0]},
        whole=("events",),
        counts=("events",),
    ),
    **{
        name: Call(function=getattr(lp, name), columns=MEANS)
        for name in ("mean_difference", "ratio_of_means", "standardised_mean_difference")
    },
    "shared_control_covariance": Call(
        function=lp.shared_control_covariance,
        columns={**COUNTS, "events_control": [11, 11, 11, 7, 7], "n_control": [139] * 3 + [90] * 2},
        labels={"group": ["a", "a", "a", "b", "b"]},
        options={"measure": "RR"},
        counts=tuple(COUNTS),
    ),
    "from_interval": Call(
        function=lp.from_interval,
        columns={"estimate": [0.8, 0.9], "ci_low": [0.5, 0.6], "ci_high": [1.3, 1.4]},
        options={"is_log": True},
    ),
    "absolute_effect": Call(
        function=lp.absolute_effect,
        columns={"estimate": [-0.2, -0.3], "low": [-0.5, -0.6], "high": [0.1, 0.2]},
        options={"measure": "RR", "baseline_risk": 0.2},
    ),
    "number_needed": Call(
        function=lp.number_needed,
        columns={"risk_difference": [-0.2, -0.3], "low": [-0.5, -0.6], "high": [0.1, 0.2]},
    ),
    "independent_contrast": Call(
        function=lp.independent_contrast,
        columns={
            "first": [-0.5, -0.3],
            "first_se": [0.2, 0.1],
            "second": [-0.1, 0.2],
            "second_se": [0.3, 0.2],
        },
    ),
    "independent_contrasts": Call(
        function=lp.independent_contrasts,
        columns={"estimates": [-0.5, -0.3, 0.1], "se": [0.2, 0.1, 0.3]},
    ),
    "compatibility_curve": Call(
        function=lambda levels: lp.compatibility_curve(OF_CONFIDENCE(), levels),
        columns={"levels": [0.5, 0.95]},
        free=("levels",),
    ),
    "p_value": Call(
        function=lambda value: lp.p_value(OF_CONFIDENCE(), value),
        columns={"value": [0.0, 0.5]},
        free=("value",),
    ),
    "boundaries": Call(
        function=lp.boundaries, columns={"timing": [0.3, 0.6, 1.0]}, free=("timing",)
    ),
    "conditional_power": Call(
        function=lambda z: lp.conditional_power(z, 0.5, 2.8, 1.96),
        columns={"z": [0.5, 1.5]},
        free=("z",),
    ),
    "next_trials": Call(function=lambda y, v: lp.next_trials(y, v, -0.3), columns={"y": Y, "v": V}),
    "fragility": Call(function=lp.fragility, columns=COUNTS),
    "predicted": Call(
        function=lambda at: lp.predicted(lp.meta_regression(Y, V, DESIGN), [at]),
        columns={"at": [1.0, 3.0]},
        free=("at",),
    ),
    "dose_contrasts": Call(
        function=lp.dose_contrasts,
        columns={"dose": DOSES, "reference_dose": [0.0] * 5, "y": Y, "covariance": V},
        labels={"study": STUDY},
    ),
    "log_ratio_contrasts": Call(
        function=lp.log_ratio_contrasts,
        columns={
            "dose": [0.0, 2.0, 4.0, 0.0, 3.0],
            "y": [0.0, -0.2, -0.4, 0.0, -0.3],
            "se": [0.0, 0.2, 0.25, 0.0, 0.3],
            "cases": [40, 30, 20, 25, 15],
            "n": [400, 380, 300, 250, 200],
        },
        labels={"study": ["a", "a", "a", "b", "b"], "design": ["ci"] * 5},
    ),
    "mean_contrasts": Call(
        function=lp.mean_contrasts,
        columns={
            "dose": [0.0, 2.0, 4.0, 0.0, 3.0],
            "mean": [1.0, 2.0, 3.0, 1.0, 2.5],
            "sd": [1.0, 1.1, 0.9, 1.2, 1.0],
            "n": [20, 22, 18, 30, 28],
        },
        labels={"study": ["a", "a", "a", "b", "b"]},
    ),
    "dose_curve": Call(
        function=lambda dose: lp.dose_curve(FIT, dose),
        columns={"dose": [1.0, 2.0]},
        free=("dose",),
    ),
    "harrell_knots": Call(
        function=lp.harrell_knots,
        columns={"dose": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]},
        options={"count": 3},
        free=("dose",),
    ),
    "spline": Call(function=lp.spline, columns={"knots": [1.0, 3.0, 5.0]}, free=("knots",)),
    "trials_of effects": Call(function=lp.trials_of, columns=EFFECTS),
    "trials_of counts": Call(
        function=lambda **columns: lp.trials_of(source="counts", numbers=[*columns.values()]),
        columns=COUNTS,
    ),
}
WITHOUT_COLUMNS = {
    *("causes_of", "confidence_distribution_of", "confidence_that", "dose_response", "find"),
    *("half_cauchy", "half_normal", "half_t", "load", "logarithmic", "natural", "normal_mu"),
    *("number_needed_of", "participants_for_difference", "participants_for_risks"),
    *("design", "hypotheses", "variance_inflation"),
    *("intercepts", "nested", "within", "compare_multilevel", "multilevel_effects"),
    "multilevel_covariance",
    *("multilevel_influence", "multilevel_limits", "multilevel_residuals", "of_scale"),
    *("matreg", "rcalc", "to_long", "to_table", "to_wide"),
    *("probability_that", "read", "tidy", "truncated_normal", "turner"),
}
"""Functions of single numbers, of names, of files, or of what another function returned."""
