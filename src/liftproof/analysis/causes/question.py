"""A printed number that asks for a cause, and what is printed around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from liftproof.errors import InputError
from liftproof.reviews.model.printed_number import Printed, printed_number
from liftproof.vocabulary.levels import USUAL_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintQuestion:
    """One printed number.

    ``quantity``: its name, as in ``published.csv``, or one of ``fits.AS_THEY_ARE``.
    ``printed``: its text. ``others``: the other numbers printed of the same result, by quantity.
    ``elsewhere``: what is printed of the same quantity for other results. ``level``: of printed
    limits. ``beside``: a question of each of the other prints alone.
    """

    quantity: str
    printed: str
    others: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    level: float = USUAL_LEVEL
    beside: tuple["PrintQuestion", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make a question of each of the other prints, with nothing around it."""
        beside = (
            PrintQuestion(quantity=quantity, printed=text, level=self.level)
            for quantity, text in self.others.items()
        )
        object.__setattr__(self, "beside", tuple(beside))

    @property
    def number(self) -> Printed:
        """The printed number; raises InputError where the text is none."""
        return read_print(self.printed)

    @property
    def decimals(self) -> int:
        """How many decimals it is printed with."""
        return _decimals(self.printed)


@cache
def read_print(text: str) -> Printed:
    """Return a printed number, or raise InputError.

    >>> read_print("-.1974").value
    -0.1974
    """
    number = printed_number(text.replace("−", "-"))
    if number is None:
        raise InputError(f"{text!r} is no printed number; write it as it stands, such as '0.352'.")
    return number


@cache
def _decimals(text: str) -> int:
    return decimals_of(read_print(text))


def decimals_of(number: Printed) -> int:
    """Return the number of decimals of a print, 0 where its last digit is a ten or larger.

    >>> decimals_of(read_print("0.480")), decimals_of(read_print("70"))
    (3, 0)
    """
    text = f"{number.unit:.12f}".rstrip("0")
    return len(text.partition(".")[2])
