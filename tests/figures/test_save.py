"""Saved figures: accessible SVG, the same bytes twice, exact sizes, nothing half written."""

import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
import seaborn as sns
from PIL import Image

from liftproof.drawing import theme
from liftproof.drawing.save import save, svg_text
from liftproof.drawing.text_widths import width
from liftproof.errors import UsageError
from liftproof.pages.draw_figures import write_figure
from liftproof.pages.forest.forest_captions import forest_description
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.pages.forest.forest_figure import FOREST
from support.forests import LAUERSEN, grouped, lauersen, wide_interval

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = {"title": "A title & more", "description": "First.\nSecond: a < b."}


@pytest.fixture(scope="module")
def figure():
    return draw_forest(lauersen())


@pytest.fixture(scope="module")
def svg(figure):
    return svg_text(figure, key="one", **TEXTS)


def test_an_svg_names_and_describes_itself(svg):
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "one-title one-desc"
    assert [(item.tag, item.get("id"), item.text) for item in root[:2]] == [
        (f"{SVG}title", "one-title", "A title & more"),
        (f"{SVG}desc", "one-desc", "First.\nSecond: a < b."),
    ]


def test_texts_of_an_svg_are_texts(svg):
    texts = [item.text for item in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    labels = [row[0] for row in LAUERSEN]
    assert {label for label in labels if label != "van der Horst 2015"} < set(texts)
    assert "van der Horst 2015†" in texts
    for tick in ("0.1", "0.2", "0.5", "1", "2"):
        assert tick in texts
    assert "← Favours strength training" in texts
    assert "0.34 (0.24 to 0.48)" in texts


def test_every_text_keeps_its_measured_width_in_any_font(svg):
    for item in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        style = item.get("style") or ""
        size = re.search(r"font-size: ([\d.]+)px", style)
        assert size is not None
        measured = width(item.text, bold="font-weight: 700" in style, size=float(size[1]))
        assert float(item.get("textLength")) == pytest.approx(measured, abs=0.005)
        assert "font-family" not in style
    assert "font-family: Arial" in ElementTree.fromstring(svg).get("style")


def test_two_svgs_share_no_id_and_each_refers_to_its_own(figure, svg):
    other = svg_text(figure, key="two", **TEXTS)
    ids = [re.findall(r'\bid="([^"]+)"', text) for text in (svg, other)]
    assert len(set(ids[0])) == len(ids[0])
    assert not set(ids[0]) & set(ids[1])
    for text, own in zip((svg, other), ids, strict=True):
        referred = re.findall(r'(?:url\(#|href="#)([^")]+)', text)
        assert referred
        assert set(referred) <= set(own)


def test_an_svg_has_only_ids_that_something_refers_to_each_once():
    text = svg_text(draw_forest(grouped()), key="g", **TEXTS)
    ids = re.findall(r'\bid="([^"]+)"', text)
    referred = set(re.findall(r'(?:url\(#|href="#)([^")]+)', text))
    assert sorted(ids) == sorted({"g-title", "g-desc", *referred})


def test_an_svg_brings_no_style_rule_and_no_metadata_into_a_page(svg):
    for unwanted in ("<style", "<metadata", "<?xml", "<!DOCTYPE", "Liftproof Sans"):
        assert unwanted not in svg


def test_the_same_figure_gives_the_same_bytes(tmp_path):
    for name in "ab":
        write_figure(FOREST, wide_interval(), tmp_path / name)
    for suffix in ("svg", "png", "pdf"):
        first, second = (
            (tmp_path / name / "overall" / f"forest.{suffix}").read_bytes() for name in "ab"
        )
        assert first == second
        assert len(first) > 1000


def test_a_written_svg_carries_the_description_of_its_plot(tmp_path):
    write_figure(FOREST, lauersen(), tmp_path)
    assert sorted(path.name for path in (tmp_path / "overall").iterdir()) == [
        *("forest.pdf", "forest.png", "forest.svg"),
    ]
    root = ElementTree.parse(tmp_path / "overall" / "forest.svg").getroot()
    assert root[1].text == forest_description(lauersen())
    assert root[0].text == "Strength training to prevent sports injuries: " + lauersen().subtitle


def test_a_pdf_embeds_truetype_fonts_and_no_date(figure, tmp_path):
    save(figure, tmp_path / "a.pdf", key="k", **TEXTS)
    content = (tmp_path / "a.pdf").read_bytes()
    assert b"/FontFile2" in content
    assert b"/Type3" not in content
    assert b"LiftproofSans-Bold" in content
    assert b"CreationDate" not in content


def test_a_png_has_300_dots_an_inch_and_its_texts(figure, tmp_path):
    save(figure, tmp_path / "a.png", key="k", **TEXTS)
    with Image.open(tmp_path / "a.png") as image:
        assert image.size[0] == int(figure.get_figwidth() * 300)
        assert image.info["Description"] == TEXTS["description"]
        assert "Software" not in image.info


def test_a_narrow_svg_is_shown_larger_than_it_is_drawn(figure, svg):
    larger = svg_text(figure, key="one", enlarged=1.5, **TEXTS)
    for name in ("width", "height"):
        drawn, shown = (
            float(re.search(rf'\b{name}="([\d.]+)pt"', text)[1]) for text in (svg, larger)
        )
        assert shown == pytest.approx(1.5 * drawn, rel=1e-9)
    assert re.search(r'viewBox="[^"]+"', svg)[0] in larger


def test_another_suffix_is_refused_and_nothing_is_left(figure, tmp_path):
    with pytest.raises(UsageError, match=r"a\.gif: a figure is saved as \.svg, \.pdf or \.png"):
        save(figure, tmp_path / "a.gif", key="k", **TEXTS)
    assert list(tmp_path.iterdir()) == []


def test_the_style_is_seaborns_white_one_and_its_colours_those_for_the_colour_blind():
    sheet = mpl.rc_params_from_file(
        Path(theme.__file__).with_name("white.mplstyle"), use_default_template=False
    )
    expected = dict(mpl.RcParams(sns.axes_style("white")))
    assert expected.pop("image.cmap") == "rocket"
    assert dict(sheet) == expected
    assert list(theme.COLOURS) == sns.color_palette("colorblind").as_hex()
