"""PNG of a drawing, from its PDF by PDFium: what the one shows the other does, of 300 dots an inch.

The pixels lie in one stretch of memory for all drawings of a process: to ask the system for it
anew took half the time of painting. PDFium is not made for threads, and neither is this.
"""

import struct
from functools import cache
from math import sqrt
from zlib import compress, crc32

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from liftproof.drawing.save import PRINT_DPI
from liftproof.drawing.shades import Pixels, numbered

MOST_DOTS = 16_000_000
"""Dots of a picture, as a forest plot of a hundred trials has; they take 6 bytes each."""
_METRES_PER_INCH, _POINTS_PER_INCH = 0.0254, 72
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTH, _BY_NUMBER = 8, 3
"""Bits of a pixel, and the kind of PNG whose pixels are numbers of colours."""
_EFFORT = 2
"""Of zlib: 6 saves a fifth of the bytes in thrice the time."""
_AS_IT_IS = 0
"""The filter in front of a row of a PNG."""
_BYTES = 4
"""Of a pixel while it is painted."""


def png_copy(pdf: bytes, *, title: str, description: str) -> bytes:
    """Return the one page of a PDF as a PNG of 300 dpi, a very large one of fewer, as it says."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        size = page.get_size()
        dpi = dpi_of(*size)
        numbers, colours = numbered(_painted(page, size, dpi))
    finally:
        document.close()
    return _png(numbers, colours, dpi, {"Title": title, "Description": description})


def dpi_of(width: float, height: float) -> int:
    """Return the dots per inch of a picture of this size in points: 300, or what MOST_DOTS leave.

    >>> dpi_of(518, 1600), dpi_of(518, 4526)
    (300, 188)
    """
    square_inches = width * height / _POINTS_PER_INCH**2
    return min(PRINT_DPI, int(sqrt(MOST_DOTS / square_inches)))


def _painted(page: pdfium.PdfPage, size: tuple[float, float], dpi: int) -> Pixels:
    """Return the pixels of a page on white, rows from the top; the next page overwrites them."""
    width, height = (round(side * dpi / _POINTS_PER_INCH) for side in size)
    pixels = _canvas()[: width * height].reshape(height, width)
    pixels.fill(2**32 - 1)
    bitmap = raw.FPDFBitmap_CreateEx(
        width, height, raw.FPDFBitmap_BGRx, pixels.ctypes.data, width * _BYTES
    )
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER)
    raw.FPDFBitmap_Destroy(bitmap)
    return pixels


@cache
def _canvas() -> Pixels:
    """Return room for the largest picture, of which the system gives what is used."""
    rounded = MOST_DOTS // 1000
    return np.empty(MOST_DOTS + rounded, dtype="<u4")


def _png(
    numbers: NDArray[np.uint8], colours: NDArray[np.uint8], dpi: int, texts: dict[str, str]
) -> bytes:
    height, width = numbers.shape
    dots = round(dpi / _METRES_PER_INCH)
    rows = np.full((height, width + 1), _AS_IT_IS, dtype=np.uint8)
    rows[:, 1:] = numbers
    chunks = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, _DEPTH, _BY_NUMBER, 0, 0, 0)),
        _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        *(_text_chunk(*text) for text in texts.items()),
        _chunk(b"PLTE", colours.tobytes()),
        _chunk(b"IDAT", compress(rows.data, _EFFORT)),
        _chunk(b"IEND", b""),
    ]
    return b"".join([_SIGNATURE, *chunks])


def _text_chunk(keyword: str, text: str) -> bytes:
    """Return international text of a PNG (iTXt), not compressed and of no language."""
    return _chunk(b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode())


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))
