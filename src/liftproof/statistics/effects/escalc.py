"""Effects by metafor's names: its measures, its arguments, its switches, in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import floats
from liftproof.statistics.effects.beyond_reviews import BEYOND
from liftproof.statistics.effects.by_source import FROM, keywords_of
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.given_otherwise import with_derived
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.effects.vtypes import known_vtype
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape
from liftproof.suggest import did_you_mean

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "counts": ("ai", "n1i", "ci", "n2i"),
    "rates": ("x1i", "t1i", "x2i", "t2i"),
    "means": ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    "group_counts": ("xi", "ni"),
    "group_rates": ("xi", "ti"),
    "group_means": ("mi", "sdi", "ni"),
    "correlations": ("ri", "ni"),
    "partial_correlations": ("ri", "ni", "mi"),
    "pairs": ("m2i", "sd2i", "m1i", "sd1i", "ni", "ri"),
    "matched": ("ai", "bi", "ci", "di"),
    "alphas": ("ai", "mi", "ni"),
    "semi_partial_correlations": ("ti", "ni", "mi", "r2i"),
    "areas": ("ai", "n1i", "n2i"),
    "matched_margins": ("ai", "n1i", "ci", "n2i", "ri"),
    "models": ("r2i", "mi", "ni"),
    "genotypes": ("ai", "bi", "ci"),
}
"""By source, metafor's names of its columns, in their order. The first measurement of a pair is
the later one: its changes are ``m1i - m2i``."""
BY_FIRST_SD = ("SMCR", "SMCRH")
"""Measures that divide by ``sd1i``, which is then the standard deviation before."""
UNUSED: Mapping[str, Mapping[str, float]] = {
    "VR": {"m1i": 0.0, "m2i": 0.0},
    "VRC": {"m1i": 0.0, "m2i": 0.0},
    "SMD1": {"sd1i": 1.0},
    "SDLN": {"mi": 0.0},
    "SMCR": {"sd2i": 1.0},
}
"""By measure, arguments that it has no use for, and numbers that stand in their place."""
COMPLEMENTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "counts": {"bi": ("n1i", "ai"), "di": ("n2i", "ci")},
    "matched_margins": {"bi": ("n1i", "ai"), "di": ("n2i", "ci")},
    "group_counts": {"mi": ("ni", "xi")},
}
"""By source and number of people without an event, which argument it completes, and with which."""
NOTHING_ADDED = ("AS", "PHI", "ZPHI", "RTET", "ZTET", "IRSD", "PAS", "PFT", "IRS", "IRFT")
"""Measures to whose cells nothing is added unless ``add`` says so."""
AS_PRINTED = ("HR", "HD", "GEN")
"""metafor's names of effects that it takes as they are: hazard ratios and differences, others."""
USUAL_ADD = 0.5
FORMULAS = ("LS", "LS2", "UB", "AV")
"""``vtype`` of a standardised mean difference: formulas of ``vocabulary.smd_formulas``."""
MD_DISPERSION: Mapping[str, str] = {"LS": "separate", "UB": "separate", "HO": "pooled"}


@of_one_index
def escalc(
    measure: str,
    *,
    add: float | None = None,
    to: str = "only0",
    drop00: bool = False,
    vtype: str = "LS",
    correct: bool = True,
    **columns: ArrayLike,
) -> Effect:
    """Return effects y and variances v of a measure, all by metafor's names.

    ``columns``: metafor's arguments, such as ``ai``, ``n1i``, ``ci``, ``n2i`` (or ``bi``, ``di``)
    of counts, ``x1i`` and ``t1i`` of rates, ``m1i``, ``sd1i`` and ``n1i`` of means, ``ri`` and
    ``ni`` of correlations, ``xi`` and ``ni`` of proportions; a partial correlation may come as its
    test, ``ti``, an R² as ``fi`` or its P value ``pi``. ``add``, ``to``, ``drop00``: what is
    done about empty cells; ``add`` is 1/2, and 0 for the measures in NOTHING_ADDED, where it is
    left out. ``vtype``: the formula of v; ``correct``: whether small samples are corrected for.
    Where an effect does not exist, metafor's NA, it is NaN. Columns broadcast to (..., k). Raises
    InputError for unknown names, numbers that are missing or cannot be, and a switch that the
    measure does not know.

    Source: Viechtbauer 2010, J Stat Softw 36(3). metafor: ``escalc(measure=, ...)``, version 5.1.

    >>> z = escalc("ZCOR", ri=[0.3, 0.5], ni=[103, 53])
    >>> z.y.round(4).tolist(), z.v.round(4).tolist()
    ([0.3095, 0.5493], [0.01, 0.02])
    >>> plo = escalc("PLO", xi=[0, 11], ni=[20, 29])
    >>> plo.y.round(4).tolist(), plo.v.round(4).tolist()
    ([-3.7136, -0.4925], [2.0488, 0.1465])
    """
    source = _source_of(measure)
    given = _completed(source, measure, columns)
    numbers = [given[name] for name in _order(source, measure)]
    function = _functions(source)[measure]
    known = keywords_of(function)
    options = dict(_options(measure, known, vtype, correct=correct))
    if "zero_cells" in known:
        usual = 0.0 if measure in NOTHING_ADDED else USUAL_ADD
        rule = ZeroCells(add=usual if add is None else add, to=to, drop00=drop00)
        options["zero_cells"] = rule
    elif add is not None or to != "only0" or drop00:
        raise InputError(f"{measure} counts no events: leave add out, and to and drop00.")
    return function(*numbers, **options)


def given_columns(
    measure: str, columns: Mapping[str, ArrayLike]
) -> tuple[str, dict[str, NDArray[Any]]]:
    """Return which kind of numbers a measure is computed from, and those that are given.

    People without an event are counted among all people; numbers that a measure has no use for,
    and that are not given, are left out. Raises InputError.

    >>> given_columns("RR", {"ai": [4], "bi": [119], "ci": [11], "n2i": [139]})[1]["n1i"].tolist()
    [123.0]
    """
    source = _source_of(measure)
    found = _completed(source, measure, columns)
    unused = UNUSED.get(measure, {}).keys() - columns.keys()
    return source, {name: np.asarray(found[name]) for name in found if name not in unused}


def _functions(source: str) -> dict[str, Callable[..., Effect]]:
    """Return the functions of measures that are computed from one kind of numbers."""
    return {**FROM.get(source, {}), **BEYOND.get(source, {})}


def _source_of(measure: str) -> str:
    """Return the kind of numbers that a measure is computed from, or raise InputError."""
    known = {code: source for source in ARGUMENTS for code in _functions(source)}
    if measure in AS_PRINTED:
        raise InputError(
            f"{measure} follows from no numbers of a trial: conv_wald takes it as it is printed, "
            "with its limits or P value, and pool takes y and v."
        )
    if measure not in known:
        raise InputError(f"There is no measure {measure}; {did_you_mean(str(measure), known)}")
    return known[measure]


def _order(source: str, measure: str) -> tuple[str, ...]:
    """Return metafor's names of a measure's columns, in the order of its function."""
    if measure in BY_FIRST_SD:
        return ("m2i", "sd1i", "m1i", "sd2i", "ni", "ri")
    return ARGUMENTS[source]


def _completed(source: str, measure: str, columns: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
    """Return the columns with those that follow from others or are not used; or InputError."""
    found: dict[str, ArrayLike] = {**UNUSED.get(measure, {}), **columns}
    for name, (whole, part) in COMPLEMENTS.get(source, {}).items():
        if name in found and part in found and whole not in found:
            both = floats(part, found[part]), floats(name, found.pop(name))
            found[whole] = np.add(*in_one_shape(f"{part} and {name}", *both))
        elif name in found and whole in found and part in found:
            raise InputError(f"{measure} takes {part} with {name} or with {whole}, not with both.")
    found = with_derived(source, measure, found)
    order = _order(source, measure)
    lacking = [name for name in order if name not in found]
    unknown = [name for name in found if name not in order]
    if unknown:
        raise InputError(f"{measure} has no argument {unknown[0]}; it takes {', '.join(order)}.")
    if lacking:
        raise InputError(
            f"{measure} needs {' and '.join(lacking)} too: it takes {', '.join(order)}."
        )
    return found


def _options(
    measure: str, known: Mapping[str, Any], vtype: str, *, correct: bool
) -> Iterator[tuple[str, Any]]:
    """Yield the options of a measure's function that ``vtype`` and ``correct`` ask for."""
    if measure == "SMD":
        yield "formula", _formula(vtype, correct=correct)
    elif measure == "MD":
        yield "dispersion", MD_DISPERSION[known_vtype("MD", vtype, MD_DISPERSION)]
    elif "vtype" in known:
        yield "vtype", vtype
    elif vtype != "LS":
        raise InputError(f"{measure} has one formula of its variance: leave vtype out.")
    if "correct" in known:
        yield "correct", correct
    elif not correct and measure != "SMD":
        raise InputError(f"{measure} has no correction for small samples: leave correct out.")


def _formula(vtype: str, *, correct: bool) -> str:
    """Return the formula of a standardised mean difference, or raise InputError."""
    known_vtype("SMD", vtype, FORMULAS)
    if correct:
        return vtype
    if vtype not in ("LS", "LS2"):
        raise InputError(f"Cohen's d, without correction, has vtype LS alone, not {vtype}.")
    return "cohen"
