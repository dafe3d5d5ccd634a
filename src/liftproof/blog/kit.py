"""The files of a kit for a blog: one figure of a review, drawn once, with all that belongs to it.

``figure.html`` holds the drawings themselves and not links to them: one paste brings everything,
its text can be selected, searched and read aloud, and it is sharp on every screen. Where a
publishing system strips drawings, ``figure_img.html`` shows pictures of the same figure.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from liftproof import tables
from liftproof.blog.house_fonts import house_font
from liftproof.blog.kit_citations import citation_bib, citation_json
from liftproof.blog.kit_data import drawn_rows
from liftproof.blog.kit_facts import KitFacts, kit_facts, read_cautions
from liftproof.blog.kit_preview import preview_html
from liftproof.blog.kit_summary import summary
from liftproof.blog.kit_tables import TABLES
from liftproof.blog.kit_words import DATA, caption_text
from liftproof.blog.pictures import halved, rasterised, write_png, write_webp
from liftproof.blog.share_card import WIDTH, draw_share_card
from liftproof.blog.snippets import NARROW_PIXELS, breakpoint_of, figure_html, image_html
from liftproof.citation_file import CitationFile, read_citation
from liftproof.drawing.figure_form import NARROW, WIDE, FigureForm
from liftproof.drawing.save import svg_text
from liftproof.files import copy, write_text
from liftproof.pages.figure_kind import FigureText
from liftproof.pages.figures import PAGE_PIXELS, kinds_for_blogs, kit_files, page_pictures
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.result_tables import read_rows
from liftproof.reviews import find, read
from liftproof.reviews.files.configuration_file import house_style
from liftproof.rows.drawn_rows import DrawnRow


def write_kits(
    names: Sequence[str],
    results: Path,
    cautions: Sequence[str],
    citations: Sequence[str],
    within: Callable[[str], AbstractContextManager[None]],
) -> None:
    """Write the kits of reviews of the project in the current folder below ``results``.

    ``cautions`` and ``citations``: the table and the file of them, if the project has any.
    ``within``: keeps what fails with one review.
    """
    house, told = house_style(Path()), read_cautions(cautions)
    citation = next(map(read_citation, map(Path, citations)), CitationFile())
    for name in names:
        with within(name):
            review = read(find(name))
            if kinds_for_blogs(review):
                rows = read_rows(review, results / name, TABLES)
                facts = kit_facts(review, rows, told, citation, house)
                write_kit(facts, results / "blog" / name, Path())
                (picture,) = page_pictures(review)
                first = FOREST.text(facts.view).place.stem
                copy(results / "blog" / name / f"{first}.png", results / name / "figures" / picture)


def write_kit(facts: KitFacts, folder: Path, project: Path) -> None:
    """Write every file of the kit of a review into ``folder``.

    ``project``: the folder from which files of the house style are named.
    """
    text = FOREST.text(facts.view)
    stem = text.place.stem
    with house_font(facts.house, project):
        wide, narrow = (_drawn(facts, text, form, folder) for form in (WIDE, NARROW))
        card = draw_share_card(facts, _styled(facts, WIDE), project)
        write_png(rasterised(card, WIDTH), folder / "share.png")
    texts = kit_texts(facts, text, wide, narrow)
    for name, content in texts.items():
        write_text(folder / name, content)
    tables.write(drawn_rows(facts), DrawnRow, folder / DATA)
    preview = preview_html(facts, text, texts, kit_files(stem))
    write_text(folder / "index.html", preview)


def kit_texts(facts: KitFacts, text: FigureText, wide: str, narrow: str) -> Mapping[str, str]:
    """Return the texts of a kit by file; ``wide`` and ``narrow``: the drawings as SVG."""
    return {
        "alt.txt": f"{text.alt_text}\n",
        "caption.txt": caption_text(facts),
        "figure.html": figure_html(facts, wide, narrow),
        "figure_img.html": image_html(facts, text, breakpoint_of(wide)),
        "summary.md": summary(facts),
        "citation.bib": citation_bib(facts),
        "citation.json": citation_json(facts),
    }


def _styled(facts: KitFacts, form: FigureForm) -> FigureForm:
    """Return a form in the colours of the house."""
    house = facts.house
    return replace(
        form,
        trial_colour=house.trial_colour or form.trial_colour,
        pooled_colour=house.pooled_colour or form.pooled_colour,
    )


def _drawn(facts: KitFacts, text: FigureText, form: FigureForm, folder: Path) -> str:
    """Draw the figure in one form, write its SVG and its pictures; return the SVG."""
    figure = FOREST.draw(facts.view, _styled(facts, form))
    stem = folder / f"{text.place.stem}{form.suffix}"
    svg = svg_text(
        figure,
        key=f"{text.key}{form.suffix}",
        title=text.title,
        description=text.description,
        enlarged=form.enlarged,
    )
    write_text(stem.with_suffix(".svg"), svg)
    if form.is_stacked:
        picture = rasterised(figure, NARROW_PIXELS)
        write_png(picture, stem.with_suffix(".png"))
    else:
        picture = rasterised(figure, 2 * PAGE_PIXELS)
        write_png(picture, stem.with_name(f"{stem.name}_2x.png"))
        write_png(halved(picture), stem.with_suffix(".png"))
    write_webp(picture, stem.with_suffix(".webp"))
    return svg
