"""Pixels as numbers of at most 256 colours: such a PNG is half as long, and written sooner.

What is drawn in one colour keeps it to the bit. Smoothed edges, which have hundreds of shades,
take those that are next to them, at most 7 of 255 away in each of red, green and blue where all
find room.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_COLOURS = 256
WHITE = 0xFFFFFF
_BLANK = 0xFFFFFFFF
_BITS = 5
"""Of each of red, green and blue, by which shades are told apart."""
_LEVELS: Final = 1 << _BITS
_EACH = 8
"""Bits of a pixel for each of red, green and blue."""
_SAMPLED = 16
"""Of so many pixels one is looked at for the colours that are drawn."""

Pixels = NDArray[np.uint32]
"""Red, green and blue of each pixel, from its lowest byte on; all bits of the highest are set."""


def numbered(pixels: Pixels) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the number of each pixel's colour, as the pixels lie, and the colours in rows of RGB.

    White is the first of them.
    """
    is_marked = pixels != _BLANK
    marked = pixels[is_marked]
    cells = _cells(marked)
    colours, number_of = _colours(cells, marked)
    numbers = np.zeros(pixels.shape, dtype=np.uint8)
    numbers[is_marked] = number_of[cells]
    return numbers, colours


def _cells(pixels: Pixels) -> NDArray[np.uint16]:
    """Return for each pixel the cell of like colours that it falls into."""
    cells = np.zeros(pixels.shape, dtype=np.uint16)
    for place in range(3):
        shift = _EACH - _BITS + place * (_EACH - _BITS)
        cells |= ((pixels >> shift) & ((_LEVELS - 1) << (place * _BITS))).astype(np.uint16)
    return cells


def _colours(
    cells: NDArray[np.uint16], pixels: Pixels
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the colours, and for each cell the number of its own or of the nearest one."""
    is_used = np.zeros(_LEVELS**3, dtype=bool)
    is_used[cells] = True
    used = np.flatnonzero(is_used)
    shown, seen = _shown(pixels[::_SAMPLED])
    order = used[np.argsort(-seen[used], kind="stable")]
    colours = np.vstack([_parts(np.array([WHITE])), _parts(shown[order][: MOST_COLOURS - 1])])
    others = _parts(shown[order][MOST_COLOURS - 1 :])
    away = ((others[:, None, :] - colours[None, :, :]) ** 2).sum(axis=2)
    number_of = np.zeros(is_used.size, dtype=np.uint8)
    number_of[order] = [*range(1, len(colours)), *away.argmin(axis=1)]
    return colours.astype(np.uint8), number_of


def _shown(sample: Pixels) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each cell its commonest colour, or its middle, and how many pixels it has."""
    values, counts = np.unique(sample & WHITE, return_counts=True)
    cells = _cells(values)
    rising = np.argsort(counts, kind="stable")
    every = np.arange(_LEVELS**3)
    middle = [
        ((every >> (place * _BITS)) % _LEVELS * 8 + 4) << (place * _EACH) for place in (0, 1, 2)
    ]
    shown = np.sum(middle, axis=0)
    shown[cells[rising]] = values[rising]
    return shown, np.bincount(cells, weights=counts, minlength=every.size).astype(np.int64)


def _parts(colours: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return red, green and blue, one colour a row."""
    return np.stack([(colours >> (place * _EACH)) & 0xFF for place in (0, 1, 2)], axis=-1)
