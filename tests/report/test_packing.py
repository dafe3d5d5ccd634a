"""Large parts of a page are packed, lose nothing, and are found by the links into them."""

import base64
import re
import zlib

import pytest

from liftproof.report.build import build_review_page
from liftproof.report.packing import LEAST, packed

PACKED = re.compile(
    r'<details data-holds="[^"]*">\n<summary>(.*?)</summary>\n<noscript>.*?</noscript>\n'
    r'<script type="text/plain">(.*?)</script>\n</details>\n',
    re.DOTALL,
)


def unpacked(page):
    """Return a packed page with its parts in their places, as the browser puts them there."""

    def part(found):
        content = zlib.decompress(base64.b64decode(found[2])).decode()
        return f"<details>\n<summary>{found[1]}</summary>\n{content}</details>\n"

    return PACKED.sub(part, page)


@pytest.fixture(scope="module")
def page(inputs):
    """The made-up page with one part that is large."""
    filler = '<p id="deep">&lt;script&gt; and τ²</p>\n' * (LEAST // 20)
    long = f"<details>\n<summary>Long</summary>\n{filler}</details>\n</main>"
    return build_review_page(inputs).replace("</main>", long)


def test_a_packed_page_is_smaller_and_loses_nothing(page):
    short = packed(page)
    assert len(short) < len(page) - LEAST
    restored = unpacked(short)
    assert restored.startswith(page.removesuffix("</body>\n</html>\n"))
    added = restored.removeprefix(page.removesuffix("</body>\n</html>\n"))
    assert re.fullmatch(r"<script>.*?</script>\n</body>\n</html>\n", added, flags=re.DOTALL)


def test_what_is_small_stays_as_it_is(inputs):
    page = build_review_page(inputs)
    assert packed(page) == page


def test_a_packed_part_names_what_can_be_linked_to_in_it(page):
    found = re.search(r'<details data-holds="([^"]*)">', packed(page))
    assert found is not None
    assert "deep" in found[1].split()


def test_a_reader_without_scripts_is_told_where_the_numbers_lie(page):
    assert packed(page).count("<noscript><p>This part opens with JavaScript.") == 1
    assert "<noscript>" not in page
