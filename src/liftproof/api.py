"""The names that a user of the package needs; ``import liftproof`` offers the same ones.

docs/python.md shows them at work.
"""

from liftproof.analysis.causes.cause_search import causes_of
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import trials_of
from liftproof.errors import ConvergenceError, DataError, InputError, LiftproofError, UsageError
from liftproof.frames import tidy
from liftproof.moderator_formula import design
from liftproof.reshaping import to_long, to_table, to_wide
from liftproof.reviews import find, load, read
from liftproof.statistics.accumulation import (
    boundaries,
    conditional_power,
    cumulative,
    monitor,
    next_trials,
    participants_for_difference,
    participants_for_risks,
    required_size,
)
from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import (
    half_cauchy,
    half_normal,
    half_t,
    normal_mu,
    truncated_normal,
)
from liftproof.statistics.bayes.probabilities import probability_that
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects
from liftproof.statistics.bayes.turner import turner
from liftproof.statistics.combined_p import combine_p_values
from liftproof.statistics.confidence_prediction import nnf_prediction
from liftproof.statistics.conversions.five_numbers import conv_fivenum
from liftproof.statistics.conversions.from_statistics import (
    correlation_from_chi2,
    correlation_from_smd,
    correlation_from_t,
    smd_from_chi2,
    smd_from_r,
    smd_from_t,
    t_from_f,
    t_from_p,
)
from liftproof.statistics.conversions.two_by_two import conv_2x2
from liftproof.statistics.conversions.wald import conv_delta, conv_wald
from liftproof.statistics.correlation_matrix import matreg, rcalc
from liftproof.statistics.dependent.components import component_limits
from liftproof.statistics.dependent.covariance import (
    aggregate,
    constant_correlation,
    marginal_covariance,
)
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.dependent.robust_hypotheses import robust_hypotheses, wild_bootstrap
from liftproof.statistics.dependent.robust_moments import robust_moments
from liftproof.statistics.dependent.shared_control import shared_control_covariance
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.dependent.vcalc import vcalc
from liftproof.statistics.dose import (
    LINEAR,
    QUADRATIC,
    dose_contrasts,
    dose_curve,
    dose_regression,
    dose_response,
    harrell_knots,
    log_ratio_contrasts,
    logarithmic,
    mean_contrasts,
    spline,
)
from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.effects.counts import odds_ratio, risk_difference, risk_ratio
from liftproof.statistics.effects.escalc import escalc
from liftproof.statistics.effects.means import (
    mean_difference,
    ratio_of_means,
    standardised_mean_difference,
)
from liftproof.statistics.effects.per_trial import trial_limits
from liftproof.statistics.effects.rates import rate_ratio
from liftproof.statistics.effects.reported import from_interval
from liftproof.statistics.effects.way_back import natural, proportions_from_double_arcsine
from liftproof.statistics.fragility import fragility
from liftproof.statistics.imputed import pool_imputed
from liftproof.statistics.influence import (
    baujat,
    blup,
    gosh,
    influence,
    leave_one_out,
    regression_influence,
)
from liftproof.statistics.multilevel.after import (
    multilevel_covariance,
    multilevel_effects,
    multilevel_residuals,
)
from liftproof.statistics.multilevel.compare import compare_multilevel
from liftproof.statistics.multilevel.fit import multilevel
from liftproof.statistics.multilevel.influence import multilevel_influence
from liftproof.statistics.multilevel.profiles import multilevel_limits
from liftproof.statistics.multilevel.terms import intercepts, nested, within
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import (
    independent_contrast,
    independent_contrasts,
    likelihood_ratio,
    meta_regression,
    permutation_test,
    predicted,
    subgroups,
)
from liftproof.statistics.regression.explained import explained
from liftproof.statistics.regression.hypotheses import hypotheses, variance_inflation
from liftproof.statistics.regression.information_criteria import information_criteria
from liftproof.statistics.regression.location_scale import location_scale
from liftproof.statistics.regression.scale_part import of_scale
from liftproof.statistics.regression.scale_permutation import scale_permutation_test
from liftproof.statistics.small_study.count_tests import harbord, peters
from liftproof.statistics.small_study.egger import egger, funnel_regression, thompson
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.fail_safe_kinds import fail_safe
from liftproof.statistics.small_study.funnel import funnel
from liftproof.statistics.small_study.henmi_copas import henmi_copas
from liftproof.statistics.small_study.limit_meta import limit_meta_analysis
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.rank_tests import begg_mazumdar
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.selection.limits import selection_limits
from liftproof.statistics.small_study.selection.regression import selection_regression
from liftproof.statistics.small_study.selection.truncated_regression import truncated_regression
from liftproof.statistics.small_study.selection.truncation import truncated_selection
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from liftproof.statistics.small_study.weighted_least_squares import uwls, waap
from liftproof.statistics.sparse import GLMM, GLMM_REGRESSION, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.homogeneity import (
    cochran_mantel_haenszel,
    cochran_mantel_haenszel_rates,
    equal_odds_ratios,
)
from liftproof.statistics.sparse.peto import peto
from liftproof.statistics.sparse.without_trials import (
    cumulative_counts,
    influence_counts,
    leave_one_out_counts,
)
from liftproof.statistics.statements.absolute import absolute_effect
from liftproof.statistics.statements.confidence import (
    compatibility_curve,
    confidence_distribution_of,
    confidence_that,
    p_value,
)
from liftproof.statistics.statements.number_needed import (
    number_needed,
    number_needed_of,
    number_needed_of_smd,
)
from liftproof.statistics.tau2.profile import profile_likelihood

__all__ = [
    "EFFECTS",
    "GLMM",
    "GLMM_REGRESSION",
    "LINEAR",
    "MANTEL_HAENSZEL",
    "QUADRATIC",
    "ConvergenceError",
    "DataError",
    "InputError",
    "LiftproofError",
    "Specification",
    "UsageError",
    "absolute_effect",
    "aggregate",
    "baujat",
    "begg_mazumdar",
    "beta_binomial",
    "blup",
    "boundaries",
    "causes_of",
    "cluster_robust",
    "cochran_mantel_haenszel",
    "cochran_mantel_haenszel_rates",
    "combine_p_values",
    "compare_multilevel",
    "compatibility_curve",
    "component_limits",
    "conditional_power",
    "confidence_distribution_of",
    "confidence_that",
    "constant_correlation",
    "conv_2x2",
    "conv_delta",
    "conv_fivenum",
    "conv_wald",
    "correlation_from_chi2",
    "correlation_from_smd",
    "correlation_from_t",
    "cumulative",
    "cumulative_counts",
    "design",
    "dose_contrasts",
    "dose_curve",
    "dose_regression",
    "dose_response",
    "egger",
    "equal_odds_ratios",
    "escalc",
    "evidence",
    "excess_significance",
    "explained",
    "fail_safe",
    "find",
    "fragility",
    "from_interval",
    "funnel",
    "funnel_regression",
    "gosh",
    "half_cauchy",
    "half_normal",
    "half_t",
    "harbord",
    "harrell_knots",
    "henmi_copas",
    "hypotheses",
    "independent_contrast",
    "independent_contrasts",
    "influence",
    "influence_counts",
    "information_criteria",
    "intercepts",
    "leave_one_out",
    "leave_one_out_counts",
    "likelihood_ratio",
    "limit_meta_analysis",
    "load",
    "location_scale",
    "log_ratio_contrasts",
    "logarithmic",
    "marginal_covariance",
    "matreg",
    "mean_contrasts",
    "mean_difference",
    "meta_regression",
    "monitor",
    "multilevel",
    "multilevel_covariance",
    "multilevel_effects",
    "multilevel_influence",
    "multilevel_limits",
    "multilevel_residuals",
    "natural",
    "nested",
    "next_trials",
    "nnf_prediction",
    "normal_mu",
    "number_needed",
    "number_needed_of",
    "number_needed_of_smd",
    "odds_ratio",
    "of_scale",
    "p_value",
    "participants_for_difference",
    "participants_for_risks",
    "permutation_test",
    "pet_peese",
    "peters",
    "peto",
    "pool",
    "pool_imputed",
    "posterior",
    "predicted",
    "probability_that",
    "profile_likelihood",
    "proportions_from_double_arcsine",
    "random_effects",
    "rate_ratio",
    "ratio_of_means",
    "rcalc",
    "read",
    "regression_influence",
    "required_size",
    "risk_difference",
    "risk_ratio",
    "robust_hypotheses",
    "robust_moments",
    "scale_permutation_test",
    "selection_limits",
    "selection_model",
    "selection_regression",
    "shared_control_covariance",
    "shrunken_effects",
    "smd_from_chi2",
    "smd_from_r",
    "smd_from_t",
    "spline",
    "standardised_mean_difference",
    "subgroups",
    "t_from_f",
    "t_from_p",
    "thompson",
    "three_level",
    "tidy",
    "to_long",
    "to_table",
    "to_wide",
    "trial_limits",
    "trials_of",
    "trim_and_fill",
    "truncated_normal",
    "truncated_regression",
    "truncated_selection",
    "turner",
    "uwls",
    "variance_inflation",
    "vcalc",
    "waap",
    "wild_bootstrap",
    "within",
]
