"""The size of a line from its letters is what Matplotlib measures of the whole line."""

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath, text_to_path

from liftproof.drawing.letter_sizes import line_size
from liftproof.drawing.typeface import FAMILIES

LINES = (
    *("van der Horst 2015†", "AVAVA To Ty", "0.59 (0.24 to 1.43)", "of", "fifth", "_", "--", " "),
    *(
        "τ² = 0.10, I² = 36\u202f%, p\u00a0<\u00a00.001",
        "Sørensen, Łukasz, Ñandú",
        "−0.062 ″‡",
        '"',
    ),
)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", LINES)
def test_a_line_is_as_large_as_the_whole_measured_at_once(text, bold):
    weight = "bold" if bold else "normal"
    font = FontProperties(family=list(FAMILIES), weight=weight, size=7.0)
    whole = text_to_path.get_text_width_height_descent(text, font, False)
    assert line_size(text, bold=bold, size=7.0) == whole


@pytest.mark.parametrize("text", ["", "漢", "soft\u00adhyphen", "e\u0301"])
def test_letters_do_not_tell_what_they_do_not_know(text):
    assert line_size(text, bold=False, size=8.0) is None


def test_the_scale_is_that_of_matplotlib():
    assert (TextToPath.FONT_SCALE, TextToPath.DPI) == (100.0, 72)
