"""The pages, from the rows of every review: the first one, and one a review."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.resources import files
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from liftproof.analysis.audit.whole_audit import Audit
from liftproof.left_out import LeftOut
from liftproof.pages.alike_columns import for_page
from liftproof.pages.claims.claim_page import ledger_page
from liftproof.pages.estimates.shared_sentences import shared_methods
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.printed.audit_page import audit_page
from liftproof.pages.printed.printed_tables import verdicts_table
from liftproof.pages.printed.verdict_words import verdict_text
from liftproof.pages.table import PageTable, is_long, limits_whole, prose_apart
from liftproof.report import explorer
from liftproof.report.feed import FeedEntry, feed_entries, latest_entries
from liftproof.report.how_to_read import LIMITS
from liftproof.report.review_page import ReviewSummary, review_page, review_summary
from liftproof.software import versions
from liftproof.words.glossary import GLOSSARY
from liftproof.words.marks import MARKS
from liftproof.words.references import cited
from liftproof.words.text import counted

NO_CLAIMS = ClaimInputs()
REVIEW_ANCHOR = "review-"
"""How the id of everything in the page of a review begins; the review's name follows."""
MOST_NEWS = 3
"""Reviews to which trials were added last that the first page names: of more, the number."""
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
    """Return the first page, as HTML that loads nothing from elsewhere and links to the others.

    ``left_out``: what the run had to do without; the page begins with it.
    The page holds no date, time or path: the same rows give the same bytes.
    """
    return first_page(
        partial(address_from_first, [inputs.review.name for inputs in every]),
        file_from_first,
        claims=claims,
        claimed=every,
        left_out=left_out,
        pages=[review_summary(inputs) for inputs in every],
        news=latest_entries(entry for inputs in every for entry in feed_entries(inputs)),
    )


def first_page(
    address: Callable[[str], str],
    file_address: Callable[[str, str], str],
    *,
    claims: ClaimInputs,
    claimed: Sequence[ReviewInputs],
    left_out: Sequence[LeftOut],
    pages: Sequence[ReviewSummary] = (),
    index: PageTable | None = None,
    news: Sequence[FeedEntry] = (),
) -> str:
    """Return the first page with a summary a review, or with an ``index`` of them.

    ``claimed``: the reviews that the claims are held against, or more of them. ``news``: what was
    added last.
    """
    return (
        templates(address, file_address)
        .get_template("report.html.j2")
        .render(
            css=asset("report.css"),
            script=assets("tables.js", "claims.js"),
            ledger=ledger_page(claims, claimed),
            left_out=left_out,
            news=news[:MOST_NEWS],
            more_news=more_news(len(news) - MOST_NEWS),
            pages=pages,
            index=index,
            verdicts_table=verdicts_table(),
            limits=LIMITS,
            marks=MARKS,
            glossary=GLOSSARY,
            references=cited(_REPRISE),
            reprise=_REPRISE,
            versions=versions(),
        )
    )


def more_news(count: int) -> str:
    """Return to how many more reviews trials were added; empty for none.

    >>> more_news(2)
    'Trials were added to 2 more reviews.'
    """
    return f"Trials were added to {counted(count, 'more review')}." if count > 0 else ""


def build_review_page(inputs: ReviewInputs) -> str:
    """Return the page of one review, which links to the first page and loads nothing."""
    methods = " ".join(shared.text for shared in shared_methods(inputs))
    return (
        templates(address_within, file_beside)
        .get_template("review.html.j2")
        .render(
            css=assets("report.css", explorer.STYLE),
            script=assets("tables.js", "copying.js", *explorer.SCRIPTS),
            page=review_page(inputs),
            marks=MARKS,
            references=cited(methods),
            versions=versions(),
            verdict_text=verdict_text,
        )
    )


def build_audit_page(audit: Audit) -> str:
    """Return the page of an audit of a forest plot, which loads nothing and links nowhere."""
    template = templates(address_within).get_template("audit.html.j2")
    return template.render(
        css=asset("report.css"), script=asset("tables.js"), page=audit_page(audit)
    )


def address_within(anchor: str) -> str:
    """Return the address of an anchor of the page itself.

    >>> address_within("review-nordic-data")
    '#review-nordic-data'
    """
    return f"#{anchor}"


def address_from_first(reviews: Iterable[str], anchor: str) -> str:
    """Return the address of an anchor as the first page names it; ``reviews``: their names.

    >>> address_from_first(["nordic", "nordic-2"], "review-nordic-2-data")
    'nordic-2/report.html#review-nordic-2-data'
    >>> address_from_first(["nordic"], "claims")
    '#claims'
    """
    within = f"{anchor}-"
    names = [name for name in reviews if within.startswith(f"{REVIEW_ANCHOR}{name}-")]
    page = f"{max(names, key=len)}/report.html" if names else ""
    return f"{page}#{anchor}"


def asset(name: str) -> Markup:
    """Return the text of a file that every page holds: its style or its script."""
    return Markup(files("liftproof.report").joinpath(name).read_text("utf-8"))


def assets(*names: str) -> Markup:
    """Return the text of several such files, one after the other."""
    return Markup("\n").join(asset(name) for name in names)


def file_beside(_: str, path: str) -> str:
    """Return the address of a file of a review, from its own page."""
    return quote(path)


def file_from_first(review: str, path: str) -> str:
    """Return the address of a file of a review, from the first page.

    >>> file_from_first("nordic", "figures/all/forest.svg")
    'nordic/figures/all/forest.svg'
    """
    return quote(f"{review}/{path}")


def templates(
    address: Callable[[str], str], file_address: Callable[[str, str], str] = file_beside
) -> Environment:
    """Return the templates: the pages' frame here, each section's in the folder of its topic.

    ``address``: from an anchor to what a link to it holds, on the page that is written;
    ``file_address``: from a review and a path below its folder of results to the same.
    """
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader("liftproof.report"), PackageLoader("liftproof", "pages")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["address"] = address
    environment.globals["for_page"] = for_page
    environment.globals["is_long"] = is_long
    environment.globals["limits_whole"] = limits_whole
    environment.globals["prose_apart"] = prose_apart
    environment.globals["file_address"] = file_address
    return environment
