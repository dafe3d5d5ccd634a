"""Large parts of a page are packed, lose nothing, and are found by the links into them."""

import base64
import re
import zlib

import pytest

from liftproof.report.build import build_review_page
from liftproof.report.packing import BETWEEN, LEAST, PARTS, packed

PACKED = re.compile(
    r'<details data-part="(\d+)" data-holds="[^"]*">\n<summary>(.*?)</summary>\n'
    r"<noscript>.*?</noscript>\n</details>\n",
    re.DOTALL,
)
STORE = re.compile(rf'<script type="text/plain" id="{PARTS}">(.*?)</script>\n')


def unpacked(page):
    """Return a packed page with its parts in their places, as the browser puts them there."""
    store = STORE.search(page)
    assert store is not None
    parts = zlib.decompress(base64.b64decode(store[1])).decode().split(BETWEEN)

    def part(found):
        return f"<details>\n<summary>{found[2]}</summary>\n{parts[int(found[1])]}</details>\n"

    return PACKED.sub(part, page.replace(store[0], ""))


@pytest.fixture(scope="module")
def page(inputs):
    """The made-up page with two parts that are large."""
    filler = '<p id="deep">&lt;script&gt; and τ²</p>\n' * (LEAST // 20)
    long = f"<details>\n<summary>Long</summary>\n{filler}</details>\n"
    return build_review_page(inputs).replace("</main>", f"{long}{long}</main>")


def test_a_packed_page_is_smaller_and_loses_nothing(page):
    short = packed(page)
    assert len(short) < len(page) - LEAST
    restored = unpacked(short)
    assert restored.startswith(page.removesuffix("</body>\n</html>\n"))
    added = restored.removeprefix(page.removesuffix("</body>\n</html>\n"))
    assert re.fullmatch(r"<script>.*?</script>\n</body>\n</html>\n", added, flags=re.DOTALL)


def test_what_is_small_stays_as_it_is():
    page = "<body><details>\n<summary>Short</summary>\n<p>Text</p>\n</details>\n</body>"
    assert packed(page) == page


def test_a_packed_part_names_what_can_be_linked_to_in_it(page):
    found = re.search(r'<details data-part="1" data-holds="([^"]*)">', packed(page))
    assert found is not None
    assert "deep" in found[1].split()


def test_a_reader_without_scripts_is_told_where_the_numbers_lie(page):
    told = "<noscript><p>This part opens with JavaScript."
    assert packed(page).count(told) == packed(page).count("data-part=")
    assert "<noscript>" not in page


def test_a_drawing_for_phones_lies_packed_until_the_screen_is_narrow(page):
    drawing = '<div class="narrow">\n<svg>thin</svg>\n</div>\n'
    short = packed(page.replace("</main>", f"{drawing}</main>"))
    assert '<div class="narrow" data-part="0"></div>\n' in short
    assert "<svg>thin" not in short
    store = STORE.search(short)
    assert zlib.decompress(base64.b64decode(store[1])).decode().split(BETWEEN)[0] == (
        "<svg>thin</svg>\n"
    )


def test_a_caption_within_a_packed_part_stays_within_it():
    caption = '<details class="aside"><summary>Caption to quote</summary><p>Words.</p></details>'
    filler = "<p>&lt;script&gt;</p>\n" * LEAST
    part = f"<figcaption>{caption}</figcaption>\n{filler}"
    page = f"<body><details>\n<summary>Long</summary>\n{part}</details>\n</body>"
    assert caption not in packed(page)
    assert unpacked(packed(page)).startswith(page.removesuffix("</body>"))
