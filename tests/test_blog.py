"""The files for a blog: all of one figure, ready to paste."""

from html.parser import HTMLParser

import pytest
from PIL import Image

from liftproof.blog import write_for_blog
from liftproof.pages.draw_figures import write_figure, write_for_pages
from liftproof.pages.forest.forest_captions import forest_alt_text, forest_caption
from liftproof.pages.forest.forest_figure import FOREST
from support.forests import lauersen


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    made = tmp_path_factory.mktemp("drawn")
    write_figure(FOREST, lauersen(), made)
    write_for_pages(FOREST, lauersen(), made)
    return made


@pytest.fixture(scope="module")
def folder(drawn, tmp_path_factory):
    made = tmp_path_factory.mktemp("blog")
    write_for_blog(made, FOREST, lauersen(), drawn)
    return made


class Outline(HTMLParser):
    """Keeps the elements and texts of a page and complains about unbalanced tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        self.links += [value for name, value in attrs if tag == "a" and name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.open:
            self.texts[tag] = self.texts.get(tag, "") + data


@pytest.mark.slow
def test_every_file_is_there_and_no_other(folder):
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["alt.txt", "caption.txt", "figure.html", "forest.png", "forest.svg"]


def test_the_image_is_1200_pixels_wide(folder):
    with Image.open(folder / "forest.png") as image:
        assert image.size[0] == 1200


def test_the_texts_are_those_of_the_plot(folder):
    assert (folder / "alt.txt").read_text(encoding="utf-8") == f"{forest_alt_text(lauersen())}\n"
    assert (folder / "caption.txt").read_text(encoding="utf-8") == f"{forest_caption(lauersen())}\n"


def test_the_figure_to_paste_is_one_figure_with_everything_in_it(folder):
    outline = Outline()
    outline.feed((folder / "figure.html").read_text(encoding="utf-8"))
    assert outline.open == []
    assert outline.tags[:2] == ["figure", "svg"]
    assert outline.tags.count("figure") == outline.tags.count("svg") == 1
    assert outline.texts["figcaption"] == forest_caption(lauersen())
    assert outline.links == ["https://doi.org/10.1136/bjsports-2018-099078"]
    assert "0.34 (0.24 to 0.48)" in outline.texts["text"]
    assert not {"img", "script", "style", "link"} & set(outline.tags)


def test_the_figure_to_paste_holds_the_same_drawing(folder):
    svg = (folder / "forest.svg").read_text(encoding="utf-8").strip()
    assert svg in (folder / "figure.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_same_plot_gives_the_same_bytes(folder, drawn, tmp_path):
    again = tmp_path / "drawn again"
    write_figure(FOREST, lauersen(), again)
    write_for_pages(FOREST, lauersen(), again)
    write_for_blog(tmp_path, FOREST, lauersen(), again)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
