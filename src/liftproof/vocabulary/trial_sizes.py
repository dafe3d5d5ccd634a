"""How large the trials of a simulated review are beside one another."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSizes(Record):
    """One pattern of sizes: ``share`` of the trials, one at least, are ``times`` as large."""

    share: float
    times: float

    def relative(self, k: int) -> tuple[float, ...]:
        """Return the sizes of k trials, 1 for an ordinary one; those that differ come first.

        >>> TRIAL_SIZES["quarter_large"].relative(8)
        (10.0, 10.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
        """
        others = max(1, round(self.share * k))
        return (self.times,) * others + (1.0,) * (k - others)


TRIAL_SIZES: Mapping[str, TrialSizes] = by_code(
    TrialSizes(code="equal", name="all trials of one size", share=0.0, times=1.0),
    TrialSizes(code="one_small", name="one trial a tenth of the others", share=0.0, times=0.1),
    TrialSizes(code="one_large", name="one trial ten times the others", share=0.0, times=10.0),
    TrialSizes(
        code="quarter_large",
        name="a quarter of the trials ten times the others",
        share=0.25,
        times=10.0,
    ),
    TrialSizes(
        code="half_large", name="half of the trials ten times the others", share=0.5, times=10.0
    ),
)
"""The patterns of the simulations of IntHout, Ioannidis & Borm 2014, BMC Med Res Methodol 14, 25,
are of this kind: trials of one size, and a share of them ten times larger."""
