"""Plans of reviews, kept from run to run: a start reads the reviews that changed, and no others.

A plan is kept with a digest of all that it follows from: the data of the review and of those that
it reads, the code that makes plans, the versions of the software. Dates decide nothing.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from liftproof.code import PACKAGE, digest_behind
from liftproof.errors import WriteError
from liftproof.files import write_text
from liftproof.project.data_files import data_of, digest_of
from liftproof.project.review_plan import ReviewPlan, as_kept, from_kept

KEPT = Path(".snakemake") / "liftproof" / "plans.json"


def plans_of(names: Iterable[str], *, keep: bool) -> dict[str, ReviewPlan | tuple[str, ...]]:
    """Return the plan of each review of the current folder, or its errors, a sentence each.

    ``keep``: write down those that are new; one process of a run does.
    """
    names = tuple(names)
    _digest_before_reading(names)
    kept = _read()
    code = digest_behind(PACKAGE / "project" / "planning.py")
    found = {name: _kept_plan(kept.get(name), name, code) or _planned(name) for name in names}
    entries = {
        name: {"key": _key(plan, code), "plan": as_kept(plan)}
        for name, plan in found.items()
        if isinstance(plan, ReviewPlan)
    }
    if keep and any(kept.get(name) != entry for name, entry in entries.items()):
        with suppress(WriteError):  # a folder that cannot be written to: Snakemake says so
            write_text(KEPT, json.dumps({**kept, **entries}, sort_keys=True))
    return found


def _digest_before_reading(names: Iterable[str]) -> None:
    """Have the digests of data before any are read: those edited meanwhile are read next time.

    A file that cannot be opened is told when its review is read.
    """
    for name in names:
        with suppress(OSError):
            digest_of(data_of([name]))


def _read() -> Mapping[str, Any]:
    try:
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _kept_plan(entry: Any, name: str, code: str) -> ReviewPlan | None:
    """Return the plan of an entry; None where it follows from other data or code, or is none."""
    try:
        plan = from_kept(entry["plan"])
        is_current = plan.name == name and entry["key"] == _key(plan, code)
    except (TypeError, KeyError, OSError):
        return None
    return plan if is_current else None


def _key(plan: ReviewPlan, code: str) -> str:
    return f"{code} {digest_of(data_of([plan.name, *plan.reads]))}"


def _planned(name: str) -> ReviewPlan | tuple[str, ...]:
    from liftproof.project.planning import plan_of  # noqa: PLC0415 - only where a plan is new
    from liftproof.reviews import find, load  # noqa: PLC0415 - the same

    loaded = load(find(name, Path()))
    if loaded.review is None:
        return tuple(str(problem) for problem in loaded.problems if not problem.is_warning)
    return plan_of(loaded.review)
