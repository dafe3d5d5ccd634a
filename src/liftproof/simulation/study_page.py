"""The page and the drawings of a coverage study, from its rows."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from liftproof.drawing.save import svg_text
from liftproof.files import write_text
from liftproof.pages.simulation.coverage_drawing import draw_coverage
from liftproof.pages.simulation.coverage_view import CoverageView, of_mean, of_predictions
from liftproof.pages.table import PageTable, headings
from liftproof.report.build import address_within, asset, templates
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.words.simulation_words import HEADS, recommendation, shown_methods, study_sentence

PAGE = "simulation.html"


def write_page(rows: Sequence[SimulationRow], seed: int, folder: Path) -> list[str]:
    """Write the page and each drawing, whole or not at all; return the names of the files."""
    views = [view for view in (of_mean(rows), of_predictions(rows)) if view is not None]
    drawings = [(f"{view.key}.svg", drawn(view), view.caption) for view in views]
    for name, text, _ in drawings:
        write_text(folder / name, text)
    shown = [(text, caption) for _, text, caption in drawings]
    write_text(folder / PAGE, page_text(rows, seed, shown))
    return [*(name for name, _, _ in drawings), PAGE]


def drawn(view: CoverageView) -> str:
    """Return a drawing as an SVG element."""
    return svg_text(
        draw_coverage(view), key=view.key, title=view.title, description=view.description
    )


def page_text(rows: Sequence[SimulationRow], seed: int, drawings: Sequence[tuple[str, str]]) -> str:
    """Return the page, which loads nothing; the same rows give the same bytes.

    ``drawings``: SVG elements, each with its caption.
    """
    every_k = [*dict.fromkeys(row.k for row in rows)]
    return (
        templates(address_within)
        .get_template("coverage_page.html.j2")
        .render(
            css=asset("report.css"),
            script=asset("tables.js"),
            study=study_sentence(rows, seed),
            advice=[[*recommendation(rows, k)] for k in every_k],
            drawings=[(Markup(text), caption) for text, caption in drawings],
            methods=methods_table(rows, every_k),
        )
    )


def methods_table(rows: Sequence[SimulationRow], every_k: Sequence[int]) -> PageTable:
    """Return the table that the terminal shows as well."""
    return PageTable(
        key="simulation-methods",
        caption="The cell of each k in which a method covers least, and that in which it covers "
        "most",
        headings=headings(*(head if head == "method" else f"# {head}" for head in HEADS)),
        rows=tuple(cells for k in every_k for cells in shown_methods(rows, k)),
    )
