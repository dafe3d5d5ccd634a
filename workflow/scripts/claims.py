"""Put the published sentences to all reviews."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.claims.records import ClaimRow, ReadingRow
from liftproof.analysis.claims.run import ledger
from liftproof.analysis.dose.records import DoseRow
from liftproof.reviews import find, names, read
from liftproof.reviews.checks_claims import read_claims
from liftproof.wiring import logged
from liftproof.words.claims import told

with logged(snakemake.log[0]):
    reviews = {name: read(find(name)) for name in snakemake.params.reviews}
    claims = read_claims(Path(), reviews, names(Path()))
    doses = [row for path in snakemake.input.doses for row in tables.read(DoseRow, Path(path))]
    found = ledger(claims, reviews, doses)
    tables.write(told(found, doses), ClaimRow, Path(snakemake.output.claims))
    tables.write(found.readings, ReadingRow, Path(snakemake.output.readings))
