"""Try every page of a run in Chromium, by hand: no page of a review is too large or out of sight.

    PYTHONPATH=.venv/browser:tests .venv/bin/python tests/browser/every_page.py [RESULTS] [REVIEW…]

Each at three widths, and in the dark, with all parts open, and printed with all that is on the
page when it opens. A fault is told when it is found; one step with a page that takes longer than
LONGEST is one. Ends with 1 where something is wrong, after all that was measured.
"""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from browser.conftest import OPEN_DETAILS
from browser.test_pages import (
    AXE,
    AXE_RUN,
    MOST_BYTES,
    MOST_NODES,
    OVERFLOWING,
    RULES,
    SMALL_TEXTS,
    WIDTHS,
)

LOAD = 500
"""Milliseconds until the load event, the best of three."""
MOST_SHEETS = 25
"""Of A4, that a page may print on."""
TIMES = 3
LONGEST = 120_000
"""Milliseconds for one step with a page: to open all its parts, or to print it."""
WITHIN = f"""(asked) => Promise.race([
    eval(asked),
    new Promise((_, end) => {{
        setTimeout(() => end(new Error("longer than {LONGEST} ms")), {LONGEST});
    }}),
])"""
"""Await what is asked for, no longer than LONGEST."""
WAYS = [*((width, "light") for width in WIDTHS), (max(WIDTHS), "dark")]
"""Dark pages differ in colours alone."""


def faults(browser: Browser, path: Path) -> Iterator[str]:
    """Yield what is wrong with a page, as it is found."""
    size = path.stat().st_size
    load, nodes = _loaded(browser, path)
    sheets = _sheets(browser, path)
    print(f"{path}: {size} bytes, {nodes} nodes, load {load:.0f} ms, {sheets} sheets", flush=True)
    for what, found, most in (
        ("bytes", size, MOST_BYTES),
        ("nodes", nodes, MOST_NODES),
        ("ms until the load event", load, LOAD),
        ("sheets of A4", sheets, MOST_SHEETS),
    ):
        if found > most:
            yield f"{path}: {found:.0f} {what}, more than {most}"
    for width, scheme in WAYS:
        try:
            for wrong in _shown(browser, path, width, scheme):
                yield f"{path}, {width}, {scheme}: {wrong}"
        except Error as error:
            yield f"{path}, {width}, {scheme}: not seen whole: {error.message.splitlines()[0]}"


def _loaded(browser: Browser, path: Path) -> tuple[float, int]:
    times = []
    for _ in range(TIMES):
        page = browser.new_page()
        page.goto(path.as_uri())
        times.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        nodes = page.evaluate("document.querySelectorAll('*').length")
        page.close()
    return min(times), nodes


def _sheets(browser: Browser, path: Path) -> int:
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = page.pdf(format="A4")
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def _shown(browser: Browser, path: Path, width: int, scheme: Any) -> Iterator[str]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, complaints, requests = context.new_page(), list[str](), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    page.evaluate(WITHIN, f"({OPEN_DETAILS})()")
    yield from complaints
    yield from (f"asked for {url}" for url in requests[1:])
    yield from (f"beside the screen: {each}" for each in page.evaluate(OVERFLOWING)[:5])
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "the page can be scrolled sideways"
    if width == min(WIDTHS):
        yield from (f"small: {each}" for each in page.evaluate(SMALL_TEXTS)[:5])
    if width in (min(WIDTHS), max(WIDTHS)):
        yield from _of_axe(page, RULES[scheme])
    context.close()


def _of_axe(page: Page, options: Any) -> Iterator[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = f"({AXE_RUN})({json.dumps(options)})"
    for each in page.evaluate(WITHIN, run)["violations"]:
        yield f"{each['id']}, {len(each['nodes'])} times: {each['nodes'][0]['html'][:200]}"


def main(results: Path, names: list[str]) -> int:
    """Go through all pages; return the exit code."""
    paths = [results / name / "report.html" for name in names] or [
        *results.glob("report.html"),
        *sorted(results.glob("*/report.html")),
    ]
    number = 0
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in paths:
            for fault in faults(browser, path.resolve()):
                number += 1
                print(fault, flush=True)
        browser.close()
    print(f"{len(paths)} pages, {number or 'no'} fault{'' if number == 1 else 's'}")
    return 1 if number else 0


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(main(Path(asked[0] if asked else "results"), asked[1:]))
