"""The page, from the rows of every review."""

from collections.abc import Sequence
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from liftproof.left_out import LeftOut
from liftproof.pages.claims.claim_page import ledger_page
from liftproof.pages.estimates.shared_sentences import shared_methods
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.printed.printed_tables import verdicts_table
from liftproof.pages.printed.verdict_words import verdict_text
from liftproof.report.review_page import review_page
from liftproof.software import versions
from liftproof.words.marks import MARKS
from liftproof.words.references import cited

NO_CLAIMS = ClaimInputs()
_REPRISE = (
    "The REPRISE class is that of Nguyen and others 2025: whether estimate and width of the "
    "interval are within 10 % of what was printed, and, as a meaningful change, whether the "
    "direction of the effect changed, or whether its interval includes no effect."
)


def build(
    every: Sequence[ReviewInputs],
    claims: ClaimInputs = NO_CLAIMS,
    left_out: Sequence[LeftOut] = (),
) -> str:
    """Return the report as one HTML page that loads nothing from elsewhere.

    ``left_out``: what the run had to do without; the page begins with it.
    The page holds no date, time or path: the same rows give the same bytes.
    """
    methods = " ".join(shared.text for inputs in every for shared in shared_methods(inputs))
    return (
        templates()
        .get_template("report.html.j2")
        .render(
            css=Markup(files("liftproof.report").joinpath("report.css").read_text("utf-8")),
            ledger=ledger_page(claims, every),
            left_out=left_out,
            pages=[review_page(inputs) for inputs in every],
            verdicts_table=verdicts_table(),
            marks=MARKS,
            references=cited(f"{methods} {_REPRISE}"),
            reprise=_REPRISE,
            versions=versions(),
            verdict_text=verdict_text,
        )
    )


def templates() -> Environment:
    """Return the templates: the page's frame here, each section's in the folder of its topic."""
    return Environment(
        loader=ChoiceLoader(
            [PackageLoader("liftproof.report"), PackageLoader("liftproof", "pages")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
