"""Keys for trials that another program names by labels."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from liftproof.exchange.draft import one_problem
from liftproof.reviews.files.cells import KEY
from liftproof.reviews.model.review_tables import Study
from liftproof.reviews.trial_identity import (
    BY,
    PUBLICATIONS,
    plain,
    trial_key,
)


class TrialNames:
    """Gives each label a key of its own; two labels of one key are told apart by nobody.

    ``known``: the trials of the review that the file is taken over into.
    """

    def __init__(self, file: Path, known: Sequence[Study] = ()) -> None:
        self.file = file
        self._by_name = {column: _index(column, known) for column in BY}
        self._held = {study.study: study for study in known}
        self._labels: dict[str, str] = {}

    def study(self, line: int, label: str, cells: Mapping[str, str]) -> str:
        """Return the key of a trial: that of the review, if it has it, by DOI, PubMed or label.

        Else the cell ``study``, if it is a key, else one made of the label, as ``liftproof add``
        makes it. Raises DataError where another label has that key, and where the trial's names
        are those of two trials of the review.
        """
        wanted = cells.get("study", "")
        is_key = KEY.fullmatch(wanted) is not None and not wanted.isdecimal()
        made = wanted if is_key else trial_key(label, cells.get("year", ""))
        named = {**cells, "label": label}
        key = self._key_held(line, named, made if is_key and made in self._held else "") or made
        if is_key and key != made:
            self._check_key(line, named, made, key)
        self._check_publications(line, named, key)
        if self._labels.setdefault(key, label) != label or not key:
            other = self._labels.get(key, "")
            wrong = f"the label gives the key {key!r}, which is that of {other!r}"
            raise one_problem(self.file, wrong, label, "rename one of them", line=line)
        return key

    def as_held(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of a trial with the names by which the review has it, if it does.

        Another DOI or PubMed number than the review's stays, and is then told as a difference.
        """
        study = self._held.get(cells["study"])
        names = {column: getattr(study, column) for column in BY} if study else {}
        same = {
            column: name
            for column, name in names.items()
            if name and (column == "label" or plain(cells.get(column, "")) in ("", plain(name)))
        }
        return {**cells, **same}

    def _key_held(self, line: int, cells: Mapping[str, str], wanted: str) -> str:
        """Return the key of the one trial of the review that some cells name, empty for none.

        ``wanted``: the key of a trial of the review that the file itself gives, or empty.
        """
        found = {column: plain(cells.get(column, "")) for column in BY}
        keys = {column: self._by_name[column].get(name, set()) for column, name in found.items()}
        keys = {column: each for column, each in {"study": {wanted} - {""}, **keys}.items() if each}
        if not keys:
            return ""
        common = set.intersection(*keys.values())
        if len(common) != 1:
            told = ", ".join(f"{each} of {' and '.join(sorted(keys[each]))}" for each in keys)
            wrong = f"the trial's names are those of several trials of the review: {told}"
            remedy = "correct what is wrong, in the file or in studies.csv"
            raise one_problem(self.file, wrong, cells["label"], remedy, line=line)
        return common.pop()

    def _check_key(self, line: int, cells: Mapping[str, str], made: str, key: str) -> None:
        """Raise DataError where a label alone speaks against the key that the file gives.

        A publication is surer than a key that another program made.
        """
        held = self._held[key]
        if not any(
            plain(cells.get(each, "")) == plain(getattr(held, each)) != "" for each in PUBLICATIONS
        ):
            wrong = f"the review has no trial {made!r}, and the label is that of its trial {key}"
            remedy = f"write {key} here if that trial is meant, else give it another label"
            raise one_problem(self.file, wrong, made, remedy, line=line, column="study")

    def _check_publications(self, line: int, cells: Mapping[str, str], key: str) -> None:
        """Raise DataError where the review's trial of this key has another DOI or PubMed number."""
        held = self._held.get(key)
        for column in PUBLICATIONS if held else ():
            typed, there = cells.get(column, ""), getattr(held, column)
            if typed and there and plain(typed) != plain(there):
                wrong = f"the review's trial {key} has another {column}, {there}"
                remedy = "if it is another trial, give it another label, such as Smith 2010b"
                raise one_problem(self.file, wrong, typed, remedy, line=line, column=column)


def _index(column: str, studies: Sequence[Study]) -> Mapping[str, set[str]]:
    """Return the keys of trials by what a column holds, as it is compared."""
    index: dict[str, set[str]] = {}
    for study in studies:
        index.setdefault(plain(getattr(study, column)), set()).add(study.study)
    index.pop("", None)
    return index
