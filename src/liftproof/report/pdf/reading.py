"""Reads the PDFs that are written here: text, structure and metadata; no general reader of PDF.

With it a finished PDF is held against the tables that it was made from.

Objects stand one by one in these files, and text is written as glyph numbers of two bytes, which
each font maps to Unicode.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj$", re.DOTALL | re.MULTILINE)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_CONTENTS = re.compile(rb"/Resources (\d+) 0 R.*/Contents (\d+) 0 R", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_FONT_OR_TEXT = re.compile(rb"/(f\d+) [\d.]+ Tf|<([0-9A-F]+)>|(\()")
_UTF_16 = b"\xfe\xff"
_MARKED = re.compile(rb"/\w+<<.*?>>BDC", re.DOTALL)
"""Where marked content begins, with texts that are no runs of glyphs."""
_SIMPLE_TEXT = re.compile(rb"[^()\\]*(?:\\.[^()\\]*)*\)", re.DOTALL)
"""The rest of a text without brackets within, as most are."""
_WITHIN_TEXT = re.compile(rb"\\.|([()])", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MAPPED = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")


@dataclass(frozen=True)
class PdfReading:
    """What a file holds."""

    content: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        return {int(number): body for number, body in _OBJECT.findall(self.content)}

    def elements(self, tag: str) -> list[bytes]:
        """Return the elements of the structure tree with a tag."""
        start = f"<</Type/StructElem/S/{tag}/".encode()
        return [body for body in self.objects.values() if body.startswith(start)]

    def alternatives(self) -> list[str]:
        """Return the alternative text of each figure, empty where it has none."""
        return [value_of(body, "Alt") for body in self.elements("Figure")]

    @cached_property
    def text(self) -> str:
        """The text of all pages; lines follow one another as the words of a line do."""
        return "".join(self._text(*map(int, found)) for found in self._pages)

    @property
    def _pages(self) -> list[tuple[bytes, bytes]]:
        pages = (body for body in self.objects.values() if b"/Type/Page/" in body)
        found = filter(None, map(_CONTENTS.search, pages))
        return [(one[1], one[2]) for one in found]

    def _text(self, resources: int, contents: int) -> str:
        fonts = {
            name: self._letters(int(number))
            for name, number in _FONT.findall(self.objects[resources])
        }
        letters: dict[int, str] = {}
        text = []
        for font, glyphs in _shown(self._stream(contents)):
            letters = fonts.get(font, letters)
            pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
            text += [letters[256 * high + low] for high, low in pairs]
        return "".join(text)

    def _letters(self, font: int) -> dict[int, str]:
        unicode_map = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        assert unicode_map
        return {
            int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for glyph, letters in _MAPPED.findall(self._stream(int(unicode_map[1])))
        }

    def _stream(self, number: int) -> bytes:
        body = self.objects[number]
        found = _STREAM.search(body)
        assert found
        is_packed = b"/FlateDecode" in body[: found.start()]
        return zlib.decompress(found[1]) if is_packed else found[1]


def _shown(contents: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each font that is chosen, and each run of glyphs that is shown, one of both empty."""
    contents = _MARKED.sub(b"", contents)
    start = 0
    while found := _FONT_OR_TEXT.search(contents, start):
        start = found.end()
        if found[3]:
            start = _end_of_text(contents, start)
            yield b"", _unescaped(contents[found.end() : start - 1])
        else:
            yield found[1] or b"", bytes.fromhex((found[2] or b"").decode())


def _end_of_text(contents: bytes, start: int) -> int:
    """Return where a text in brackets ends that began before ``start``; brackets within pair up."""
    simple = _SIMPLE_TEXT.match(contents, start)
    if simple:
        return simple.end()
    depth = 1
    while depth:
        found = _WITHIN_TEXT.search(contents, start)
        assert found
        depth += {b"(": 1, b")": -1}.get(found[1], 0)
        start = found.end()
    return start


def value_of(body: bytes, key: str) -> str:
    """Return a text of a dictionary, in either of the two ways in which PDF writes one."""
    found = re.search(rf"/{key}(?:<([0-9A-F]+)>|\()".encode(), body)
    if not found:
        return ""
    start = found.end()
    raw = (
        bytes.fromhex(found[1].decode())
        if found[1]
        else _unescaped(body[start : _end_of_text(body, start) - 1])
    )
    return raw[2:].decode("utf-16-be") if raw.startswith(_UTF_16) else raw.decode("latin-1")


def _unescaped(text: bytes) -> bytes:
    """Return a text as it is meant; first what stands in nearly every glyph number."""
    parts = (part.replace(rb"\000", b"\0") for part in text.split(rb"\\"))
    return b"\\".join(_ESCAPE.sub(_meant, part) if b"\\" in part else part for part in parts)


def _meant(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8)]) if found[1] else _ESCAPED.get(found[2], found[2])
