"""Parts of a page that few open, packed until one is opened: a page of 2.6 MB becomes one of 0.7.

The contents of all large ``<details>`` lie together, compressed (zlib, in base64), in one script
that does nothing by itself: parts are alike, and together take half the room. ``unpack.js`` puts a
content in its place when the reader opens it or follows a link into it; what was not opened is not
printed. Where no script runs, the page says where the same numbers lie as files. Drawings for
phones lie there, too, until the screen is narrow; without them the wide ones stand.
"""

import base64
import re
import zlib
from importlib.resources import files

LEAST = 3000
"""Characters: what is shorter gains too little."""
LEVEL = 9
"""Of compression, the highest: done once, read often."""
BETWEEN = "\0"
"""Stands between two parts: no page can hold it. The script in the page divides them by it."""
PARTS = "packed-parts"
"""The id of the script that holds the parts."""
_DETAILS = re.compile(r"<details>\n<summary>(.*?)</summary>\n(.*?)</details>\n", re.DOTALL)
_NARROW = re.compile(r'<div class="narrow">\n(.*?)</div>\n', re.DOTALL)
_ID = re.compile(r'(?<![\w-])id="([^"]*)"')
_WITHOUT_SCRIPTS = (
    "<noscript><p>This part opens with JavaScript. Its figure lies below figures/ and its numbers "
    "in the tables (CSV) beside this page.</p></noscript>"
)


def packed(page: str) -> str:
    """Return a page with its large details and its drawings for phones packed.

    The script that unpacks them stands at its end.

    Details do not stand within one another, but for asides, which are short: they begin with a
    class and end within a line, and so are passed over.

    >>> packed("<details>\\n<summary>Short</summary>\\n<p>Text</p>\\n</details>\\n")
    '<details>\\n<summary>Short</summary>\\n<p>Text</p>\\n</details>\\n'
    """
    contents: list[str] = []

    def without_drawing(narrow: re.Match[str]) -> str:
        contents.append(narrow[1])
        return f'<div class="narrow" data-part="{len(contents) - 1}"></div>\n'

    def without_content(details: re.Match[str]) -> str:
        summary, content = details.groups()
        if len(content) < LEAST:
            return details[0]
        contents.append(content)
        holds = " ".join(_ID.findall(content))
        return (
            f'<details data-part="{len(contents) - 1}" data-holds="{holds}">\n'
            f"<summary>{summary}</summary>\n{_WITHOUT_SCRIPTS}\n</details>\n"
        )

    before, end, after = _DETAILS.sub(
        without_content, _NARROW.sub(without_drawing, page)
    ).rpartition("</body>")
    if not contents:
        return page
    data = zlib.compress(BETWEEN.join(contents).encode(), LEVEL)
    script = files("liftproof.report").joinpath("unpack.js").read_text("utf-8")
    return (
        f'{before}<script type="text/plain" id="{PARTS}">'
        f"{base64.b64encode(data).decode('ascii')}</script>\n"
        f"<script>\n{script}</script>\n{end}{after}"
    )
