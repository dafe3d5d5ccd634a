"""Effects from counts of genotypes: how many more heterozygotes than independent alleles give."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import floats, require
from liftproof.statistics.effects.effect import Effect, kept_effects, usable_cells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape


@of_one_index
def relative_excess_heterozygosity(
    homozygous: ArrayLike, heterozygous: ArrayLike, other_homozygous: ArrayLike
) -> Effect:
    """Return y = ln(b/(2√(ac))), v = (a + c)/(4ac) + 1/b of people with each of three genotypes.

    a and c homozygous for either allele, b heterozygous; 0 is Hardy-Weinberg equilibrium. NaN where
    a genotype is missing. Counts of one shape. Raises InputError.

    Source: Ziegler, Van Steen & Wellek 2011, Epidemiology 22, 849-850. metafor: ``escalc(
    measure="REH", ai=a, bi=b, ci=c)``.

    >>> effect = relative_excess_heterozygosity(30, 50, 15)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.164252, 0.045)
    """
    names = "Homozygous", "Heterozygous", "Other homozygous"
    given = homozygous, heterozygous, other_homozygous
    columns = [floats(name, count) for name, count in zip(names, given, strict=True)]
    for column in columns:
        require(column >= 0, column, "Counts of genotypes must not be negative")
    cells = in_one_shape("The three counts of genotypes", *columns)
    usable, (a, b, c) = usable_cells(np.ones(cells[0].shape, dtype=np.bool_), *cells)
    y = np.log(b / (2 * np.sqrt(a * c)))
    return kept_effects(y, (a + c) / (4 * a * c) + 1 / b, usable).with_missing()


FROM_GENOTYPES: dict[str, Callable[..., Effect]] = {"REH": relative_excess_heterozygosity}
