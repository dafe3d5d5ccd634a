"""A review as it lies finished below ``results/``: the pools of its tables, and where files are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from liftproof import tables
from liftproof.report.gate.shown_pools import ShownEstimate, ShownPool, bare, shown
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place that prints another number; ``says``: what it prints, empty for nothing."""

    file: Path
    place: str
    pool: ShownPool
    says: str
    source: Path

    def __str__(self) -> str:
        """Return the difference as a sentence that names both places."""
        says = f"prints {self.says}" if self.says else "does not print it"
        where = f"{self.file}, {self.place}" if self.place else str(self.file)
        return f"{where}: {self.pool.name}: {says}, {self.source} holds {shown(self.pool.printed)}"


@dataclass(frozen=True)
class FinishedReview:
    """The folder of a review's results; the kit for a blog lies beside it."""

    folder: Path

    @property
    def name(self) -> str:
        """The review."""
        return self.folder.name

    @property
    def kit(self) -> Path:
        """The folder of its kit for a blog."""
        return self.folder.parent / "blog" / self.name

    @property
    def entry(self) -> Path:
        """What the first page says of it, where there are many reviews."""
        return self.folder / "entry.json"

    @cached_property
    def pools(self) -> tuple[ShownPool, ...]:
        """Its estimates that exist, in the order of the table."""
        return self._read(EstimateRow, "estimates.csv")

    @cached_property
    def groups(self) -> tuple[ShownPool, ...]:
        """Those of its subgroups."""
        return self._read(SubgroupRow, "subgroups.csv")

    @cached_property
    def effects(self) -> tuple[EffectRow, ...]:
        """The effects of its trials."""
        path = self.folder / "effects.csv"
        return tuple(tables.read(EffectRow, path)) if path.exists() else ()

    def _read(self, row_class: type[EstimateRow], file: str) -> tuple[ShownPool, ...]:
        path = self.folder / file
        rows = tables.read(row_class, path) if path.exists() else ()
        return tuple(
            ShownPool(row=row, reported=self._reported(row))
            for row in rows
            if row.estimate is not None
        )

    def _reported(self, row: EstimateRow) -> tuple[float, float] | None:
        """Return the limits that the source of a single trial prints, where it prints any."""
        own = [one for one in self.effects if one.analysis == row.analysis and not one.left_out]
        if len(own) != 1 or own[0].reported_low is None or own[0].reported_high is None:
            return None
        return own[0].reported_low, own[0].reported_high

    def differences(
        self, file: Path, place: str, pool: ShownPool, found: Iterator[ShownEstimate]
    ) -> Iterator[Difference]:
        """Yield what a place prints and no pool is that has this pool's name."""
        alike = (pool, *(one for one in self.pools if bare(one.name) == bare(pool.name)))
        for printed in found:
            if not any(one.agrees(printed) for one in alike):
                yield self.difference(file, place, pool, shown(printed))

    def difference(self, file: Path, place: str, pool: ShownPool, says: str) -> Difference:
        """Return a difference from the table that a pool is read from."""
        name = "subgroups.csv" if isinstance(pool.row, SubgroupRow) else "estimates.csv"
        return Difference(file=file, place=place, pool=pool, says=says, source=self.folder / name)
