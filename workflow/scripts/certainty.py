"""Rate the certainty of evidence of every review that judges it."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.pages.certainty.certainty_words import findings_in_words, flags_in_words
from liftproof.reviews import find, read
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.wiring import recorded

with recorded(snakemake) as failures:
    outputs = (snakemake.params.reviews, snakemake.output.findings, snakemake.output.flags)
    for name, findings, flags in zip(*outputs, strict=True):
        with failures.within(name):
            found = find_certainty(read(find(name)))
            tables.write(findings_in_words(found.findings), FindingRow, Path(findings))
            tables.write(flags_in_words(found.flags), FlagRow, Path(flags))
