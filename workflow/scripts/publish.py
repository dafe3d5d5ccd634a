"""Write what readers get of one review, and hold the numbers of its files against each other."""

from pathlib import Path

from liftproof.blog.kit import write_kits
from liftproof.files import write_text
from liftproof.report.build import build_review_page
from liftproof.report.gate.one_number import require_one_number_of
from liftproof.report.packing import packed
from liftproof.report.pdf.document import review_document
from liftproof.report.pdf.typeset import write_pdf
from liftproof.report.results import read_review_inputs
from liftproof.report.review_entry import entry_of, entry_text
from liftproof.wiring import recorded

with recorded(snakemake) as failures:
    name, results = snakemake.params.review, Path("results")
    inputs = read_review_inputs(name, Path(), results)
    write_text(Path(snakemake.output.page), packed(build_review_page(inputs)))
    write_text(Path(snakemake.output.entry), entry_text(entry_of(inputs)))
    write_pdf(review_document(inputs), Path(snakemake.output.document))
    write_kits([name], results, snakemake.input.cautions, snakemake.input.citation, failures.within)
    require_one_number_of(name, results)
