"""The page that shows a kit: every snippet with a button that copies it, and what to mind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from liftproof.blog.effect_words import headline
from liftproof.blog.kit_facts import KitFacts
from liftproof.blog.kit_words import doubt
from liftproof.pages.figure_kind import FigureText


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPart:
    """A snippet or text to copy; ``is_shown``: whether the page shows what it looks like."""

    key: str
    title: str
    note: str
    text: str
    is_shown: bool = False


def preview_html(
    facts: KitFacts, text: FigureText, snippets: Mapping[str, str], files: Sequence[str]
) -> str:
    """Return the page; ``snippets``: texts of the kit by file name."""
    environment = Environment(
        loader=PackageLoader("liftproof", "blog"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("kit_preview.html.j2").render(
        title=facts.view.title,
        doubt=doubt(facts),
        parts=_parts(snippets),
        stem=text.place.stem,
        alt_text=text.alt_text,
        card_text=headline(facts),
        files=files,
        report=f"../../{facts.review.name}/report.html",
    )


def _parts(snippets: Mapping[str, str]) -> tuple[PreviewPart, ...]:
    return (
        PreviewPart(
            key="inline",
            title="The figure, in one paste",
            note="Nothing to upload but the data; its text can be selected and read aloud.",
            text=snippets["figure.html"],
            is_shown=True,
        ),
        PreviewPart(
            key="pictures",
            title="The figure as pictures",
            note="For editors that strip drawings. Upload the pictures that it names.",
            text=snippets["figure_img.html"],
        ),
        PreviewPart(
            key="summary",
            title="In plain words",
            note="Markdown, made from the numbers.",
            text=snippets["summary.md"],
        ),
        PreviewPart(
            key="caption",
            title="Caption",
            note="With source, licence and data.",
            text=snippets["caption.txt"],
        ),
        PreviewPart(
            key="alt",
            title="Alternative text",
            note="For readers who do not see the figure.",
            text=snippets["alt.txt"],
        ),
        PreviewPart(
            key="citation",
            title="Citation",
            note="BibTeX; citation.json says the same.",
            text=snippets["citation.bib"],
        ),
    )
