"""Parts of a page that few open, packed until they are opened: a page of 2 MB becomes one of 0.6.

A ``<details>`` whose content is large holds it compressed (zlib, in base64) in a script that does
nothing by itself. ``unpack.js`` puts the content in its place when the reader opens it or follows a
link into it; what was not opened is not printed. Where no script runs, the page says where the same
numbers lie as files.
"""

import base64
import re
import zlib
from importlib.resources import files

LEAST = 3000
"""Characters: what is shorter gains too little."""
LEVEL = 9
"""Of compression, the highest: done once, read often."""
_DETAILS = re.compile(r"<details>\n<summary>(.*?)</summary>\n(.*?)</details>\n", re.DOTALL)
_ID = re.compile(r'(?<![\w-])id="([^"]*)"')
_WITHOUT_SCRIPTS = (
    "<noscript><p>This part opens with JavaScript. Its figure lies below figures/ and its numbers "
    "in the tables (CSV) beside this page.</p></noscript>"
)


def packed(page: str) -> str:
    """Return a page with its large details packed, and the script that unpacks them at its end.

    Details do not stand within one another.

    >>> packed("<details>\\n<summary>Short</summary>\\n<p>Text</p>\\n</details>\\n")
    '<details>\\n<summary>Short</summary>\\n<p>Text</p>\\n</details>\\n'
    """
    shorter = _DETAILS.sub(_pack, page)
    if shorter == page:
        return page
    script = files("liftproof.report").joinpath("unpack.js").read_text("utf-8")
    before, end, after = shorter.rpartition("</body>")
    return f"{before}<script>\n{script}</script>\n{end}{after}"


def _pack(details: re.Match[str]) -> str:
    summary, content = details.groups()
    if len(content) < LEAST:
        return details[0]
    data = base64.b64encode(zlib.compress(content.encode(), LEVEL)).decode("ascii")
    holds = " ".join(_ID.findall(content))
    return (
        f'<details data-holds="{holds}">\n<summary>{summary}</summary>\n{_WITHOUT_SCRIPTS}\n'
        f'<script type="text/plain">{data}</script>\n</details>\n'
    )
