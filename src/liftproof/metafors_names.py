"""What metafor's functions and arguments are called here, for errors about names that are not."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import ParamSpec, TypeVar

from liftproof.suggest import nearest

P = ParamSpec("P")
Found = TypeVar("Found")
PAGE = "docs/from_metafor.md"
_MODELS = ("pool", "meta_regression", "multilevel")
_CRITERIA = ("information_criteria",)
_INFLUENCE = ("influence", "regression_influence", "multilevel_influence")

FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("rma", "rma_uni"), _MODELS),
    "rma_mv": ("multilevel", "three_level"),
    "rma_mh": ("MANTEL_HAENSZEL",),
    "rma_peto": ("peto",),
    "rma_glmm": ("GLMM", "GLMM_REGRESSION"),
    "rma_ls": ("location_scale",),
    "robust": ("cluster_robust", "robust_hypotheses"),
    "selmodel": ("selection_model", "selection_regression", "truncated_selection"),
    "trimfill": ("trim_and_fill",),
    "regtest": ("egger", "funnel_regression"),
    "ranktest": ("begg_mazumdar",),
    "fsn": ("fail_safe",),
    "tes": ("excess_significance",),
    "hc": ("henmi_copas",),
    "permutest": ("permutation_test", "scale_permutation_test"),
    "leave1out": ("leave_one_out", "leave_one_out_counts"),
    "cumul": ("cumulative", "cumulative_counts"),
    "predict": ("predicted",),
    "anova": ("hypotheses", "likelihood_ratio", "compare_multilevel"),
    "confint": ("profile_likelihood", "multilevel_limits", "selection_limits"),
    "ranef": ("blup", "multilevel_effects"),
    "vcov": ("multilevel_covariance",),
    "vif": ("variance_inflation",),
    **dict.fromkeys(("fitstats", "AIC", "BIC", "logLik"), _CRITERIA),
    **dict.fromkeys(("rstudent", "rstandard", "dfbetas"), _INFLUENCE),
    **dict.fromkeys(("cooks_distance", "hatvalues"), _INFLUENCE),
    "conv": ("conv_fivenum", "conv_2x2", "conv_wald", "conv_delta"),
    "to": ("to_long", "to_table", "to_wide"),
    "transf": ("natural",),
    "model_matrix": ("design",),
    "forest": ("plot.forest",),
    "regplot": ("plot.bubble",),
    "radial": ("plot.radial",),
    "labbe": ("plot.labbe",),
    "qqnorm": ("plot.qq",),
    "profile": ("plot.profile",),
}
"""By metafor's name, with ``_`` for its dots, what does the same here."""

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "yi": ("y", "effect"),
    "vi": ("v", "covariance", "variances"),
    "V": ("v", "covariance"),
    "mods": ("x",),
    "scale": ("z",),
    "method": ("tau2",),
    "test": ("interval",),
    "type": ("kind",),
    "struct": ("structure",),
    "R": ("correlation",),
    "W": ("weights",),
    "X": ("rows",),
    "predtype": ("prediction",),
    "slab": ("labels",),
    "min": ("minimum",),
    "max": ("maximum",),
    "transf": ("transform", "measure"),
    "atransf": ("measure",),
    "iter": ("iterations", "draws"),
    "ai": ("events_intervention",),
    "n1i": ("n_intervention",),
    "ci": ("events_control",),
    "n2i": ("n_control",),
    "x1i": ("events_intervention",),
    "t1i": ("person_time_intervention",),
    "x2i": ("events_control",),
    "t2i": ("person_time_control",),
    "xi": ("events",),
    "ni": ("n",),
}
"""By metafor's name of an argument, what it may be called here."""

WORDS: Mapping[str, str] = {
    "sei": "v takes variances, the squares of standard errors",
    "bi": "n takes everybody in the arm, ai + bi",
    "di": "n takes everybody in the arm, ci + di",
    "mods": "meta_regression takes moderators",
    "data": 'pass the columns themselves, such as data["yi"]; design takes a formula with its data',
    "btt": "coefficients takes positions, counted from 0, such as x.terms of a design",
    "newmods": "at takes every column, the constant too, as design(...).at makes them",
    "subset": "choose the rows of the columns that are passed",
    "slab": "tidy and the plots take labels",
    **dict.fromkeys(
        ("transf", "atransf"), "results are on the analysis scale: natural takes them back"
    ),
    "clubSandwich": 'kind="CR2" is what it does',
    "model": "funnel_regression takes it",
    "order": "rows stand in the order of what is passed",
    "digits": "numbers are not rounded",
}
"""By metafor's name of an argument that a function has not, what there is in its place."""


def naming_arguments(function: Callable[P, Found]) -> Callable[P, Found]:
    """Let the TypeError for an argument that a function has not say what it is called here.

    >>> naming_arguments(lambda y, v, tau2: None)(0.1, 0.2, method="DL")
    Traceback (most recent call last):
    TypeError: <lambda>() got an unexpected keyword argument 'method': metafor's method is tau2 here
    """
    parameters = signature(function).parameters
    takes_any = any(each.kind is Parameter.VAR_KEYWORD for each in parameters.values())

    @wraps(function)
    def named(*args: P.args, **options: P.kwargs) -> Found:
        try:
            return function(*args, **options)
        except TypeError as error:
            unknown = [] if takes_any else [name for name in options if name not in parameters]
            if not unknown:
                raise
            told = unexpected_argument(function.__name__, unknown[0], parameters)
            raise TypeError(told) from error

    return named


def module_lacks(name: str, known: Iterable[str]) -> str:
    """Return what to say of a name that the package has not.

    >>> module_lacks("trimfill", [])
    "module 'liftproof' has no attribute 'trimfill': metafor's trimfill is trim_and_fill here, see \
docs/from_metafor.md"
    >>> module_lacks("poool", ["pool"])
    "module 'liftproof' has no attribute 'poool'; did you mean pool?"
    """
    told = f"module 'liftproof' has no attribute {name!r}"
    typed = name.replace(".", "_")
    here = FUNCTIONS.get(typed) or FUNCTIONS.get(typed.split("_")[0])
    if here:
        return f"{told}: metafor's {name} is {_either(here)} here, see {PAGE}"
    found = nearest(name, known)
    return f"{told}; did you mean {found}?" if found else told


def unexpected_argument(function: str, name: str, parameters: Collection[str]) -> str:
    """Return what to say of an argument that a function has not.

    >>> unexpected_argument("pool", "method", ["y", "v", "tau2"])
    "pool() got an unexpected keyword argument 'method': metafor's method is tau2 here"
    >>> unexpected_argument("pool", "mods", ["y", "v", "tau2"])
    "pool() got an unexpected keyword argument 'mods': meta_regression takes moderators"
    """
    told = f"{function}() got an unexpected keyword argument {name!r}"
    here = [each for each in ARGUMENTS.get(name, ()) if each in parameters]
    if here:
        return f"{told}: metafor's {name} is {here[0]} here"
    if name in WORDS:
        return f"{told}: {WORDS[name]}"
    found = nearest(name, parameters)
    return f"{told}; did you mean {found}?" if found else told


def _either(names: tuple[str, ...]) -> str:
    """Return names as a choice.

    >>> _either(("a", "b", "c")), _either(("a",))
    ('a, b or c', 'a')
    """
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
