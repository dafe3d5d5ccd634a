"""Functions of methods by the code of their record: complete, or refused by name."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from liftproof.errors import UsageError
from liftproof.vocabulary.record import Record

Attached = TypeVar("Attached")


class Registry(Mapping[str, Attached]):
    """The functions of one kind of method, in the order of their records.

    It holds the codes that have a record and a function; one that lacks either is asked for in
    vain, and the sentence names what is missing and where to add it.

    >>> records = {"DL": Record(code="DL", name="DerSimonian-Laird")}
    >>> registry = Registry("τ² method", records, {"HE": len}, "vocabulary.estimators", "tau2")
    >>> registry["DL"]
    Traceback (most recent call last):
    liftproof.errors.UsageError: The τ² method DL has a record in vocabulary.estimators but no \
function: register one in tau2.
    >>> registry["HE"]
    Traceback (most recent call last):
    liftproof.errors.UsageError: The τ² method HE has a function in tau2 but no record: write one \
in vocabulary.estimators.
    """

    def __init__(
        self,
        kind: str,
        records: Mapping[str, Record],
        functions: Mapping[str, Attached],
        of_records: str,
        of_functions: str,
    ) -> None:
        """Take records and functions by code; ``of_...``: the modules that hold them."""
        self._kind, self._records, self._functions = kind, records, functions
        self._of_records, self._of_functions = of_records, of_functions

    def __getitem__(self, code: str) -> Attached:
        """Return what is attached to a code; KeyError where neither is known, else UsageError."""
        if code in self._records and code in self._functions:
            return self._functions[code]
        if code in self._records:
            raise UsageError(
                f"The {self._kind} {code} has a record in {self._of_records} but no function: "
                f"register one in {self._of_functions}."
            )
        if code in self._functions:
            raise UsageError(
                f"The {self._kind} {code} has a function in {self._of_functions} but no record: "
                f"write one in {self._of_records}."
            )
        raise KeyError(code)

    def __iter__(self) -> Iterator[str]:
        """Go through the codes that are complete."""
        return (code for code in self._records if code in self._functions)

    def __len__(self) -> int:
        """Return how many are complete."""
        return sum(1 for _ in self)

    def __contains__(self, code: object) -> bool:
        """Say whether a code is complete."""
        return code in self._records and code in self._functions

    def incomplete(self) -> tuple[str, ...]:
        """Return the codes that lack a record or a function."""
        return tuple(sorted(set(self._records) ^ set(self._functions)))
