"""The pictures of a kit: a drawing is rasterised once, and every picture of it has those pixels.

PNG and WebP are written by Pillow without loss and without dates: the same bytes each time.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from liftproof.drawing.theme import applied
from liftproof.files import write_bytes

_PNG = {"compress_level": 2}
"""Of such drawings also the smallest: more search makes longer files of them."""
_WEBP = {"lossless": True, "quality": 20, "method": 1}
"""Without loss; quality is then the effort, which more of makes files a tenth smaller."""


def rasterised(figure: Figure, pixels: int) -> Image.Image:
    """Return a figure as a picture exactly so many pixels wide."""
    inches, _ = figure.get_size_inches()
    half_a_pixel = 0.5  # the canvas rounds down
    with applied():
        figure.set_dpi((pixels + half_a_pixel) / inches)
        canvas: Any = FigureCanvasAgg(figure)  # its methods have no types
        canvas.draw()
    return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")


def halved(picture: Image.Image) -> Image.Image:
    """Return a picture half as wide; four pixels become one."""
    return picture.reduce(2)


def write_png(picture: Image.Image, path: Path) -> None:
    """Write a PNG."""
    _write(picture, path, "PNG", **_PNG)


def write_webp(picture: Image.Image, path: Path) -> None:
    """Write a WebP without loss."""
    _write(picture, path, "WEBP", **_WEBP)


def _write(picture: Image.Image, path: Path, kind: str, **options: object) -> None:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    write_bytes(path, buffer.getvalue())
