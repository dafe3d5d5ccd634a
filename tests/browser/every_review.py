"""Hold the explorer to the statistics over 10,000 random states of every review, by hand.

    PYTHONPATH=.venv/browser:tests .venv/bin/python tests/browser/every_review.py [COUNT] [SEED]

Ends with 1 where a number differs; without pages, so that no figure is drawn.
"""

import json
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from liftproof.analysis.explored import explored_analyses
from liftproof.pages.explorer.explorer_section import explorer_data
from liftproof.pages.inputs import ReviewInputs
from liftproof.report.build import assets
from liftproof.report.explorer import SCRIPTS
from liftproof.result_tables import RESULT_TABLES, ResultRows
from liftproof.reviews import find, names, read
from liftproof.reviews.model.review import Review
from support.explorer_states import differences, numbers_of, states_at_random

AT_ONCE = 1000
SHOWN = """(states) => states.map((state) =>
    explored(data, { ...state, off: new Set(state.off) }).numbers)"""


def held(review: Review, page: Page, count: int, seed: int) -> list[str]:
    """Return what the explorer of one review shows otherwise than the statistics."""
    explored = tuple(explored_analyses(review))
    if not explored:
        return []
    rows = ResultRows(by_class=dict.fromkeys(RESULT_TABLES, ()))
    data = explorer_data(ReviewInputs(review=review, results=rows), explored)
    page.evaluate("(text) => { window.data = JSON.parse(text); }", json.dumps(data))
    states = states_at_random(explored, count, seed)
    shown = []
    for start in range(0, count, AT_ONCE):
        part = states[start : start + AT_ONCE]
        shown += page.evaluate(SHOWN, [state.page for state in part])
    found = differences(states, numbers_of(states), shown)
    print(f"{review.name}: {len(states)} states, {len(found)} differences", flush=True)
    return found


def main(count: int, seed: int) -> int:
    """Go through every review; return the exit code."""
    found: list[str] = []
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        scripts = [name for name in SCRIPTS if not name.endswith("/explorer.js")]
        page.add_script_tag(content=str(assets(*scripts)))
        for name in names(Path()):
            found += held(read(find(name, Path())), page, count, seed)
        browser.close()
    print("\n".join(found[:20]))
    return 1 if found else 0


if __name__ == "__main__":
    asked = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*asked, *(10_000, 1)[len(asked) :]))
