"""What is known of one effect measure."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record
from liftproof.vocabulary.scales import SCALES
from liftproof.vocabulary.sources import OF_MEANS, OF_ONE_GROUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """One effect measure; ``name`` with a capital is the title of its axis.

    ``is_log``: pooled as a natural logarithm. ``transform``: a code of ``scales.SCALES``, where it
    is pooled on another scale than its own or its logarithm. ``sources``: raw numbers it can
    be computed from, codes of ``sources.SOURCES``; empty where only a reported estimate, or an
    effect as given, can be pooled. ``family``: measures of one family may be taken for one
    another; empty for a measure that stands alone. ``is_departure``: another measure of its family
    and sources is tried in its place. ``sentence``: what the Methods text calls it, empty for the
    name. ``has_null``: whether a value says "no difference"; a proportion, a rate, a mean or a
    correlation of one group favours nobody. ``needs_events``: no ratio, but a trial in which
    nobody, or everybody, in both arms has an event tells it nothing either. ``takes_empty``:
    exists with empty cells, so that nothing is added to them. ``caution``: what ``check`` says of
    it, empty for nothing.
    """

    is_log: bool
    transform: str = ""
    sources: tuple[str, ...] = ()
    family: str = ""
    sentence: str = ""
    has_null: bool = True
    needs_events: bool = False
    takes_empty: bool = False
    caution: str = ""

    @property
    def with_article(self) -> str:
        """Its name as one of it is called, such as "an odds ratio"."""
        return f"{'an' if self.name[:1] in 'aeiou' else 'a'} {self.name}"

    @property
    def scale(self) -> str:
        """The scale on which it is pooled, a code of ``scales.SCALES``."""
        return "log" if self.is_log else self.transform or "none"

    @property
    def is_ratio(self) -> bool:
        """Whether it is pooled as a logarithm and 1 says "no difference"."""
        return self.is_log and self.has_null

    @property
    def no_effect(self) -> float:
        """The value that says "no difference", on the natural scale, where ``has_null``."""
        return 1.0 if self.is_log else 0.0

    @property
    def is_of_means(self) -> bool:
        """Whether it can be computed from means and standard deviations of two arms."""
        return not set(OF_MEANS).isdisjoint(self.sources)

    @property
    def is_of_one_group(self) -> bool:
        """Whether it is computed from numbers of one group."""
        return bool(self.sources) and set(self.sources) <= set(OF_ONE_GROUP)

    @property
    def takes_estimates(self) -> bool:
        """Whether it follows from an estimate as reported, with limits, its error or a P value."""
        return self.scale in ("none", "log")

    def natural(self, value: float) -> float:
        """Take one number from the analysis scale to the natural scale.

        A logarithm too large for a ratio to be written gives infinity.
        """
        return SCALES[self.scale](value)
