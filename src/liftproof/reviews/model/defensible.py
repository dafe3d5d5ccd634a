"""Which choices of an analysis are defensible: the key ``multiverse`` of ``review.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.codes import CLUSTER, INTERVAL, TAU2, code_kind
from liftproof.reviews.model.keys import CodeKind, ListKind, MappingKind, NumberKind, TextKind, key
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.smd_formulas import DEFENSIBLE_SMD, RESTS_ON_ALL, SMD_FORMULAS
from liftproof.vocabulary.zero_cells import DEFENSIBLE_ZERO_CELLS, ZERO_CELLS

OTHER_MEASURES = ("taken", "left_out")
"""What becomes of a reported ratio of another kind than the analysis pools."""
NOTHING_LISTED = ("an empty list", "delete the key, or list options")
ALL_USUAL = "the usual ones"


def _options(code: CodeKind) -> ListKind:
    return ListKind(of=code, empty=NOTHING_LISTED)


COUNT_RATIOS = CodeKind(
    allowed=tuple(code for code, measure in MEASURES.items() if measure.is_departure)
)
ZERO_CELL_RULES = code_kind({code: ZERO_CELLS[code] for code in DEFENSIBLE_ZERO_CELLS})
SMD_OPTIONS = code_kind(
    {code: SMD_FORMULAS[code] for code in DEFENSIBLE_SMD},
    {code: RESTS_ON_ALL for code in SMD_FORMULAS if code not in DEFENSIBLE_SMD},
)
CORRELATIONS = ListKind(
    of=NumberKind(
        holds="numbers from 0 to 1",
        fits=lambda value: 0 <= value <= 1,
        wrong="not an intracluster correlation",
        remedy="write numbers from 0 to 1, such as [0.01, 0.05]",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defensible:
    """The options of an analysis that a careful reader would accept; empty for the usual ones.

    ``is_asked``: whether the key is written, even without options: then choices are gone through
    where no estimate was printed as well.
    """

    is_asked: bool = False
    clustering: tuple[str, ...] = key(
        "ways to treat cluster trials",
        _options(CLUSTER),
        otherwise=ALL_USUAL,
        example="[as_extracted, ignore]",
    )
    measure: tuple[str, ...] = key(
        "ratios that counts are pooled as",
        _options(COUNT_RATIOS),
        otherwise=ALL_USUAL,
        example="[RR, OR]",
    )
    tau2: tuple[str, ...] = key(
        "estimators of the variance between trials",
        _options(TAU2),
        otherwise=ALL_USUAL,
        example="[DL, REML]",
    )
    interval: tuple[str, ...] = key(
        "confidence intervals", _options(INTERVAL), otherwise=ALL_USUAL, example="[wald, hksj]"
    )
    zero_cells: tuple[str, ...] = key(
        "what is done about a trial without an event in an arm, or with one in everybody",
        _options(ZERO_CELL_RULES),
        otherwise=ALL_USUAL,
        example="[only_empty, left_out]",
    )
    smd: tuple[str, ...] = key(
        "formulas of a standardised mean difference",
        _options(SMD_OPTIONS),
        otherwise="that of the analysis",
        example="[hedges, revman]",
    )
    other_measures: tuple[str, ...] = key(
        "reported ratios of another measure",
        _options(CodeKind(allowed=OTHER_MEASURES)),
        otherwise="`taken`",
        example="[taken]",
    )
    icc: tuple[float, ...] | None = key(
        "intracluster correlations tried for trials whose clusters are known",
        CORRELATIONS,
        default=None,
        otherwise=ALL_USUAL,
        example="[0.01, 0.05]",
    )
    doubtful: Mapping[str, tuple[str, ...]] | None = key(
        "rows that may as well be left out: those with one of the values in a column",
        MappingKind(
            names="a column of studies.csv or outcomes.csv",
            of=ListKind(of=TextKind(), empty=NOTHING_LISTED),
        ),
        default=None,
        otherwise="rows whose `inclusion_status` is `doubtful` or `candidate_weak`",
        example="{study: [one2001]}",
    )
    variants: Mapping[str, tuple[str, ...]] = key(
        "extractions of a trial that are considered",
        MappingKind(
            names="a trial (`study`)",
            of=ListKind(of=TextKind(holds="variants"), empty=NOTHING_LISTED),
        ),
        otherwise="all",
        example="{two2002: [primary, adjusted]}",
    )
