"""Pages in a real browser: Debian's Chromium, driven by Playwright.

``make test-browser`` runs these tests and installs what they need beside the rest; by themselves
they are not among those of ``make test``.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from liftproof.analysis.explored import ExploredAnalysis, explored_analyses
from liftproof.reviews.model.review import Review
from support.built_pages import made_up_review, real_review, write_pages
from support.made_once import made_once

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
    reviews = [real_review(), made_up_review(tmp_path_factory.mktemp("project"))]
    folder = made_once(tmp_path_factory, "pages", partial(write_pages, reviews))
    pages = {
        review.name: BuiltPage(
            review.name,
            folder / review.name / "report.html",
            review,
            tuple(explored_analyses(review)),
        )
        for review in reviews
    }
    return {"first": BuiltPage("first", folder / "report.html"), **pages}


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


class Visits:
    """Opens pages in a browser, each in a context of its own, until they are closed."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def page(self, address: str, *, width: int = 1440, scheme: Any = "light") -> Watched:
        """Open a page at a width, in light or dark."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        self._contexts.append(context)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        watched = Watched(page, session, [], [])
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("console", lambda message: watched.complaints.append(message.text))
        page.goto(address)
        return watched

    def explorer(self, address: str, **how: Any) -> Watched:
        """Open the page of a review and start its explorer."""
        watched = self.page(address, **how)
        watched.page.evaluate("document.querySelector('.explorer-place details').open = true")
        watched.page.wait_for_selector(".explorer.started .plot svg[role=img]")
        return watched

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def visits(chromium) -> Iterator[Visits]:
    """Pages of one test."""
    with closing(Visits(chromium)) as opened:
        yield opened


@pytest.fixture
def visit(visits) -> Any:
    """Opens a page at a width, in light or dark."""
    return visits.page


@pytest.fixture
def explorer(built, visits) -> Any:
    """Opens the explorer of a review."""

    def opened(name: str, state: str = "", **how: Any) -> Watched:
        return visits.explorer(built[name].address + state, **how)

    return opened


@pytest.fixture(scope="session")
def lasting_visits(chromium) -> Iterator[Visits]:
    """Pages that tests share."""
    with closing(Visits(chromium)) as opened:
        yield opened


@pytest.fixture(scope="session")
def asked_explorer(built, lasting_visits) -> Any:
    """Opens the explorer of a review once for all tests that only ask what its functions give."""
    return cache(lambda name: lasting_visits.explorer(built[name].address))


@pytest.fixture(scope="session")
def whole_page(built, lasting_visits) -> Any:
    """Opens a page once, with all parts open, for all tests that only look at it."""

    @cache
    def opened(name: str) -> Watched:
        watched = lasting_visits.page(built[name].address)
        watched.open_all()
        return watched

    return opened
