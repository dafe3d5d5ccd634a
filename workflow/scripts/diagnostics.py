"""Look behind every pooled estimate of one review."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.diagnostics import diagnose_review
from liftproof.reviews import read
from liftproof.rows.result_rows import DiagnosticRow
from liftproof.wiring import recorded

with recorded(snakemake):
    rows = diagnose_review(read(Path(snakemake.input.settings).parent))
    tables.write(rows, DiagnosticRow, Path(snakemake.output.diagnostics))
