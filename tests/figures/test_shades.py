"""Pixels as numbers of at most 256 colours."""

import numpy as np

from liftproof.drawing.shades import MOST_COLOURS, numbered

SET = 0xFF000000
"""The highest byte of a pixel."""


def pixels(*colours):
    """Return pixels of colours written as 0xRRGGBB."""
    parts = [(colour >> 16) | (colour & 0xFF00) | ((colour & 0xFF) << 16) for colour in colours]
    return np.array(parts, dtype=np.uint32)[:, None] | np.uint32(SET)


def shown(drawn):
    """Return the red, green and blue that each pixel is shown in."""
    numbers, colours = numbered(drawn)
    assert numbers.shape == drawn.shape
    return colours[numbers.ravel()].astype(int)


def parts(drawn):
    return np.stack([(drawn.ravel() >> shift) & 0xFF for shift in (0, 8, 16)], axis=1).astype(int)


def test_white_alone_is_the_first_colour():
    numbers, colours = numbered(pixels(0xFFFFFF, 0xFFFFFF))
    assert numbers.tolist() == [[0], [0]]
    assert colours.tolist() == [[255, 255, 255]]


def test_what_is_drawn_in_one_colour_keeps_it():
    drawn = pixels(*[0x0173B2] * 40, *[0xFFFFFF] * 9, *[0xD55E00] * 40, *[0xD55E01] * 3)
    assert shown(drawn)[:49].tolist() == [[0x01, 0x73, 0xB2]] * 40 + [[255] * 3] * 9
    assert shown(drawn)[49:89].tolist() == [[0xD5, 0x5E, 0x00]] * 40


def test_shades_are_at_most_7_away_where_all_find_room():
    greys = pixels(*(0x010101 * level for level in range(256)))
    assert np.abs(shown(greys) - parts(greys)).max() <= 7


def test_colours_beyond_256_take_the_nearest_and_the_commonest_stay():
    levels = range(4, 256, 24)
    every = [
        (red << 16) | (green << 8) | blue for red in levels for green in levels for blue in levels
    ]
    common = [0x040404] * 64
    drawn = pixels(*common, *every)
    _, colours = numbered(drawn)
    assert len(colours) == MOST_COLOURS < len(every)
    given = parts(drawn)
    away = ((given[:, None, :] - colours[None].astype(int)) ** 2).sum(axis=2)
    found = ((given - shown(drawn)) ** 2).sum(axis=1)
    assert found[:64].tolist() == [0] * 64
    assert (found == away.min(axis=1)).all()
