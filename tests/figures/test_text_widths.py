"""Texts are measured once for all figures, as Matplotlib measures them."""

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath, text_to_path

from liftproof.drawing.text_widths import measured_once, width
from liftproof.drawing.typeface import FAMILIES, drawn_in

FONTS = [
    FontProperties(family=list(FAMILIES), weight=weight, size=size)
    for weight in ("normal", "bold")
    for size in (8.0, 9.5)
]
TEXTS = ["", "Askling 2003", "AVAToWa", "1.05 (0.98 to 1.11)", "τ² = 0"]


def measured():
    return [
        text_to_path.get_text_width_height_descent(text, font, False)
        for text in TEXTS
        for font in FONTS
    ]


def test_what_is_kept_is_what_matplotlib_measures():
    plain = measured()
    with measured_once():
        assert measured() == plain
        assert measured() == plain
    widths = [
        width(text, bold=font.get_weight() == "bold", size=font.get_size())
        for text in TEXTS
        for font in FONTS
    ]
    assert widths == [wide for wide, _, _ in plain]


def test_another_font_has_widths_of_its_own():
    own = width(TEXTS[1])
    with drawn_in(("DejaVu Sans",), "sans-serif"):
        assert width(TEXTS[1]) > own
    assert width(TEXTS[1]) == own


def test_outside_of_our_drawings_matplotlib_measures_as_ever():
    before = TextToPath.get_text_width_height_descent
    with measured_once():
        assert TextToPath.get_text_width_height_descent is not before
    assert TextToPath.get_text_width_height_descent is before
