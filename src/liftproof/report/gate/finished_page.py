"""The finished page of a review, read back: rows of its tables, figures, text, explorer."""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

from liftproof.report.gate.shown_pools import bare

_PACKED = re.compile(r'<script type="text/plain"[^>]*>([A-Za-z0-9+/=\s]+)</script>')
_CODE = re.compile(r"<(style|script)\b[^>]*>.*?</\1>", re.DOTALL)
_DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ROW = re.compile(r"<tr\b[^>]*>\s*<th\b[^>]*>(.*?)</th>(.*?)</tr>", re.DOTALL)


@dataclass(frozen=True, eq=False)
class FinishedEntry:
    """What the first page of many reviews says of one: plain text, and no markup."""

    path: Path

    @cached_property
    def text(self) -> str:
        """What came out of its first analysis, without blanks."""
        return bare(json.loads(self.path.read_text(encoding="utf-8"))["outcome"])


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedSummary:
    """What the first page of a few reviews says of one: its text without blanks."""

    path: Path
    text: str


def text_of(markup: str) -> str:
    """Return the text of HTML or SVG, without blanks.

    >>> text_of("<p>A &lt; <b>1</b></p>")
    'A<1'
    """
    return bare(unescape(_TAG.sub("", markup)))


@dataclass(frozen=True, eq=False)
class FinishedPage:
    """A page as its readers see it with every part opened."""

    path: Path

    @cached_property
    def markup(self) -> str:
        """Its HTML, packed parts at the end."""
        page = self.path.read_text(encoding="utf-8")
        parts = (zlib.decompress(base64.b64decode(data)) for data in _PACKED.findall(page))
        return "\n".join([page, *(part.decode() for part in parts)])

    @cached_property
    def text(self) -> str:
        """Its text without blanks."""
        return text_of(_CODE.sub("", self.markup))

    def summary(self, name: str) -> FinishedSummary:
        """Return what a first page says of a review, whose titles other reviews may have too."""
        _, _, rest = self.markup.partition(f'<h3 id="summary-{name}"')
        own = rest.partition("</section>")[0].partition('<h3 id="summary-')[0]
        return FinishedSummary(path=self.path, text=text_of(_CODE.sub("", own)))

    def table_rows(self, key: str) -> dict[str, str]:
        """Return the rows of a table by the bare text of their first cells; empty without it.

        Those with the same first cell follow one another in one text.
        """
        start = self.markup.find(f'id="{key}"')
        if start < 0:
            return {}
        table = self.markup[start : self.markup.find("</table>", start)]
        rows: dict[str, str] = {}
        for name, cells in _ROW.findall(table):
            rows[text_of(name)] = rows.get(text_of(name), "") + text_of(cells)
        return rows

    @cached_property
    def figures(self) -> dict[str, str]:
        """The HTML of the figures by anchor; of one that stands there twice, both."""
        found: dict[str, str] = {}
        for part in self.markup.split('<figure id="')[1:]:
            anchor, _, rest = part.partition('"')
            found[anchor] = found.get(anchor, "<i") + rest.partition("</figure>")[0]
        return found

    def data(self) -> Iterator[dict[str, Any]]:
        """Yield the data that the page's scripts read."""
        for text in _DATA.findall(self.markup):
            content = json.loads(text)
            if isinstance(content, dict):
                yield content
