"""Keys for trials that another program names by labels."""

from pathlib import Path

from liftproof.exchange.draft import one_problem
from liftproof.reviews.files.cells import KEY, key_of


class TrialNames:
    """Gives each label a key of its own; two labels of one key are told apart by nobody."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._labels: dict[str, str] = {}

    def study(self, line: int, label: str, wanted: str = "") -> str:
        """Return the key of a label: the one wanted, if it is a key, else one made of the label.

        Raises DataError where another label has that key.
        """
        is_key = KEY.fullmatch(wanted) is not None and not wanted.isdecimal()
        key = wanted if is_key else key_of(label)
        if self._labels.setdefault(key, label) != label or not key:
            other = self._labels.get(key, "")
            wrong = f"the label gives the key {key!r}, which is that of {other!r}"
            raise one_problem(self.file, wrong, label, "rename one of them", line=line)
        return key
