"""Drawing every figure of a review: what the registry lists, in every format and form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pickle import dumps
from types import ModuleType
from typing import Any

from liftproof.code import digest_behind
from liftproof.drawing import pdf_copies, png_copies
from liftproof.drawing.figure_form import NARROW, WIDE, FigureForm
from liftproof.drawing.save import svg_text
from liftproof.files import write_bytes
from liftproof.kept_content import NOTHING_KEPT, KeptContent
from liftproof.pages.figure_kind import FORMATS, FigureKind, View
from liftproof.pages.figures import kinds_drawn, narrow_places
from liftproof.result_tables import ResultRows, read_rows
from liftproof.reviews.model.review import Review


def views_from(kind: FigureKind[View], review: Review, rows: ResultRows) -> list[View]:
    """Return the view models of one kind, which sees the tables that it names and no other."""
    return list(kind.views(review, rows.only(kind.row_classes)))


def draw_figures(
    review: Review, results: Path, kept: KeptContent = NOTHING_KEPT, code: str = ""
) -> None:
    """Draw all figures of a review below ``results/figures``, from the tables in ``results``.

    ``kept``: what was drawn before is taken from there. ``code``: a digest of all code that draws.
    """
    narrow, kinds = narrow_places(review), kinds_drawn(review)
    classes = dict.fromkeys(each for kind in kinds for each in kind.row_classes)
    rows = read_rows(review, results, classes)
    for kind in kinds:
        for view in views_from(kind, review, rows):
            pen = _Pen(kind=kind, view=view, folder=results / "figures", kept=kept, code=code)
            pen.write(WIDE, FORMATS)
            if kind.text(view).place in narrow:
                pen.write(NARROW, ("svg",))


def write_figure(kind: FigureKind[Any], view: Any, folder: Path) -> None:
    """Draw one figure and save it below ``folder`` in all formats; PNG with 300 dpi."""
    _Pen(kind=kind, view=view, folder=folder).write(WIDE, FORMATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """One figure that is to be written below ``folder``; the rest as of :func:`draw_figures`."""

    kind: FigureKind[Any]
    view: Any
    folder: Path
    kept: KeptContent = NOTHING_KEPT
    code: str = ""

    def write(self, form: FigureForm, formats: tuple[str, ...]) -> None:
        """Write it in a form and in some formats, its name ended by the form's."""
        text = self.kind.text(self.view)
        said = {"title": text.title, "description": text.description}

        def drawn() -> bytes:
            figure, key = self.kind.draw(self.view, form), f"{text.key}{form.suffix}"
            return svg_text(figure, key=key, enlarged=form.enlarged, **said).encode()

        svg = self.kept.made(drawn, self.code, self.kind.name, form.suffix, dumps(self.view))
        copies = self._copies(svg, said) if set(formats) - {"svg"} else {}
        for suffix, content in {"svg": svg, **copies}.items():
            path = self.folder / f"{text.place.path}{form.suffix}.{suffix}"
            write_bytes(path, content)

    def _copies(self, svg: bytes, said: Mapping[str, str]) -> Mapping[str, bytes]:
        """Return by suffix what is made from the drawing, the PNG from the PDF."""

        def made(module: ModuleType, copy: Callable[..., bytes], source: str | bytes) -> bytes:
            basis = (_code_of(module), source, *said.values())
            return self.kept.made(lambda: copy(source, **said), *basis)

        pdf = made(pdf_copies, pdf_copies.pdf_copy, svg.decode())
        return {"pdf": pdf, "png": made(png_copies, png_copies.png_copy, pdf)}


@cache
def _code_of(module: ModuleType) -> str:
    return digest_behind(Path(str(module.__file__)))
