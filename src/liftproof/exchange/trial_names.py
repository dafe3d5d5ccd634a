"""Keys for trials that another program names by labels."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from liftproof.exchange.draft import one_problem
from liftproof.reviews.files.cells import KEY
from liftproof.reviews.model.review_tables import Study
from liftproof.reviews.trial_identity import BY, recognised, trial_key


class TrialNames:
    """Gives each label a key of its own; two labels of one key are told apart by nobody.

    ``known``: the trials of the review that the file is taken over into.
    """

    def __init__(self, file: Path, known: Sequence[Study] = ()) -> None:
        self.file = file
        self._known = known
        self._held = {study.study: study for study in known}
        self._labels: dict[str, str] = {}

    def study(self, line: int, label: str, cells: Mapping[str, str]) -> str:
        """Return the key of a trial: that of the review, if it has it, by label, DOI or PubMed.

        Else the cell ``study``, if it is a key, else one made of the label, as ``liftproof add``
        makes it. Raises DataError where another label has that key.
        """
        wanted = cells.get("study", "")
        is_key = KEY.fullmatch(wanted) is not None and not wanted.isdecimal()
        held = None
        if not (is_key and wanted in self._held):
            held = recognised({**cells, "label": label}, self._known)
        made = wanted if is_key else trial_key(label, cells.get("year", ""))
        key = held.key if held else made
        if self._labels.setdefault(key, label) != label or not key:
            other = self._labels.get(key, "")
            wrong = f"the label gives the key {key!r}, which is that of {other!r}"
            raise one_problem(self.file, wrong, label, "rename one of them", line=line)
        return key

    def as_held(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of a trial with the names by which the review has it, if it does."""
        study = self._held.get(cells["study"])
        names = {column: getattr(study, column) for column in BY} if study else {}
        return {**cells, **{column: name for column, name in names.items() if name}}
