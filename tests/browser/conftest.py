"""Pages in a real browser: Debian's Chromium, driven by Playwright.

``make test-browser`` runs these tests and installs what they need beside the rest; by themselves
they are not among those of ``make test``.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from liftproof.analysis.explored import ExploredAnalysis, explored_analyses
from liftproof.reviews.model.review import Review
from support.built_pages import made_up_reviews, write_pages

OPEN_DETAILS = """async () => {
    for (const { style } of document.querySelectorAll(".topic")) {
        style.contentVisibility = "visible";
    }
    for (const details of document.querySelectorAll("details")) details.open = true;
    while (document.querySelector("details[data-part], .explorer:not(.started)")) {
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
}"""
"""All parts open, and laid out however far from the screen: nothing moves while it is measured."""


@dataclass(frozen=True)
class BuiltPage:
    """A page on disk; ``review`` and ``explored`` are of a review's page."""

    name: str
    path: Path
    review: Review | None = None
    explored: tuple[ExploredAnalysis, ...] = field(default=())

    @property
    def address(self) -> str:
        return self.path.as_uri()


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> dict[str, BuiltPage]:
    """The first page, that of a real review, and those of made-up ones."""
    folder = tmp_path_factory.mktemp("pages")
    paths, reviews = write_pages(made_up_reviews(tmp_path_factory.mktemp("project")), folder)
    explored = {review.name: tuple(explored_analyses(review)) for review in reviews}
    pages = {
        review.name: BuiltPage(review.name, paths[review.name], review, explored[review.name])
        for review in reviews
    }
    return {"first": BuiltPage("first", paths["first"]), **pages}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        assert path, "install Debian's package chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page in the browser, with all that it asked for and complained of."""

    page: Page
    session: CDPSession
    requests: list[str]
    complaints: list[str]

    def open_all(self) -> None:
        """Open every part of the page, and wait until it is there."""
        self.page.evaluate(OPEN_DETAILS)

    def work(self) -> float:
        """Return the milliseconds that the thread of the page has worked: waiting, for which a busy
        machine has any time, is not among them."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    def states(self, states: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what the explorer's functions make of states: numbers, and verdicts by print."""
        return self.page.evaluate(
            """(states) => {
                const { data } = document.querySelector(".explorer").explorer;
                return states.map((state) => {
                    const shown = explored(data, { ...state, off: new Set(state.off) });
                    const verdicts = shown.prints.map(({ print, verdict }) =>
                        [print.target, print.quantity, verdict]);
                    return { numbers: shown.numbers, verdicts };
                });
            }""",
            states,
        )


@pytest.fixture
def visit(chromium) -> Iterator[Any]:
    """Opens a page at a width, in light or dark."""
    contexts = []

    def opened(address: str, *, width: int = 1440, scheme: Any = "light") -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        watched = Watched(page, session, [], [])
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("console", lambda message: watched.complaints.append(message.text))
        page.goto(address)
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def explorer(built, visit):
    """Opens the explorer of a review."""

    def opened(name: str, state: str = "", **how: Any) -> Watched:
        watched = visit(built[name].address + state, **how)
        watched.page.evaluate("document.querySelector('.explorer-place details').open = true")
        watched.page.wait_for_selector(".explorer.started .plot svg[role=img]")
        return watched

    return opened
