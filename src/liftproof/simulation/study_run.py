"""Running a study chunk by chunk, and the rows that its sums give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from liftproof.rows.simulation_rows import SimulationRow
from liftproof.simulation.kept_chunks import keep, kept
from liftproof.simulation.study import Cell, Chunk, CoverageStudy
from liftproof.statistics.simulation.coverage import LimitsMethod, Tally, tally

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The ``number``-th of ``count`` equal shares of the chunks, from 1."""

    number: int = 1
    count: int = 1

    def of(self, chunks: Sequence[Chunk]) -> Sequence[Chunk]:
        """Return the chunks of this part: every ``count``-th."""
        return chunks[self.number - 1 :: self.count]


def run_part(
    study: CoverageStudy, part: Part, folder: Path | None, told: Told
) -> dict[Chunk, Tally]:
    """Return the sums of a part's chunks, simulated where the folder does not keep them.

    ``folder``: where each chunk is written when it is done; None to keep nothing. ``told`` is
    called with the chunks done and those of the part, at the start and after each.
    """
    chunks = part.of([*study.chunks()])
    found = {} if folder is None else _kept_of(study, folder, chunks)
    told(len(found), len(chunks))
    for chunk in chunks:
        if chunk in found:
            continue
        found[chunk] = _simulated(study, chunk)
        if folder is not None:
            keep(folder, study, chunk, found[chunk])
        told(len(found), len(chunks))
    return found


def _kept_of(study: CoverageStudy, folder: Path, chunks: Sequence[Chunk]) -> dict[Chunk, Tally]:
    """Return the chunks that a folder keeps."""
    found = {chunk: kept(folder, study, chunk) for chunk in chunks}
    return {chunk: result for chunk, result in found.items() if result is not None}


def with_kept(study: CoverageStudy, folder: Path, found: dict[Chunk, Tally]) -> dict[Chunk, Tally]:
    """Return the chunks found and those that other parts have kept."""
    others = [chunk for chunk in study.chunks() if chunk not in found]
    return {**found, **_kept_of(study, folder, others)}


def _simulated(study: CoverageStudy, chunk: Chunk) -> Tally:
    drawn = chunk.cell.draw(chunk.generator(study.seed), chunk.reviews)
    return tally(drawn, study.methods, level=study.level)


def simulation_rows(study: CoverageStudy, found: dict[Chunk, Tally]) -> list[SimulationRow]:
    """Return a row a cell and method that has limits there; ``found`` holds all chunks.

    The sums of a cell are added in the order of its chunks: the rows do not depend on when, or in
    how many parts, these were done.
    """
    by_cell: dict[Cell, list[Tally]] = {cell: [] for cell in study.cells}
    for chunk in study.chunks():
        by_cell[chunk.cell].append(found[chunk])
    return [row for cell, parts in by_cell.items() for row in _rows_of(study, cell, parts)]


def _rows_of(study: CoverageStudy, cell: Cell, parts: Sequence[Tally]) -> Iterator[SimulationRow]:
    total = parts[0]
    for part in parts[1:]:
        total += part
    for place, method in enumerate(study.methods):
        if total.limited[place]:
            yield _row(study, cell, method, total, place)


def _row(
    study: CoverageStudy, cell: Cell, method: LimitsMethod, total: Tally, place: int
) -> SimulationRow:
    """Return the row of one method.

    Source of the standard errors: Morris, White & Crowther 2019, Stat Med 38, 2074-2102, table 6.
    """
    limited, pooled = int(total.limited[place]), int(total.pooled[place])
    coverage = float(total.covered[place]) / limited
    bias, bias_se = _mean(total.error[place], total.error_squares[place], pooled)
    return SimulationRow(
        measure=cell.measure,
        k=cell.k,
        sizes=cell.sizes,
        n=cell.n,
        events=cell.events,
        true_tau2=cell.tau2,
        true_effect=cell.effect,
        tau2_method=method.tau2,
        interval=method.interval,
        prediction=method.prediction,
        level=study.level,
        reviews=study.reviews,
        limited=limited,
        coverage=coverage,
        coverage_se=sqrt(coverage * (1 - coverage) / limited),
        width=float(total.width[place]) / limited,
        width_se=sqrt(total.width_variance[place]) / limited,
        bias=bias,
        bias_se=bias_se,
        tau2_mean=float(total.tau2[place]) / pooled,
        tau2_at_zero=float(total.at_zero[place]) / pooled,
    )


def _mean(total: float, squares: float, count: int) -> tuple[float, float]:
    """Return the mean and its standard error from a sum and a sum of squares."""
    mean = float(total) / count
    spread = max(0.0, float(squares) / count - mean**2)
    return mean, sqrt(spread / max(1, count - 1))
