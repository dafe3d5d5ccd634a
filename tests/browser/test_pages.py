"""The pages in a browser: nothing asked for, nothing broken, nothing out of sight.

What was measured is printed.
"""

from pathlib import Path

import axe_playwright_python
import pytest

PAGES = ("first", "lauersen2018", "two")
WIDTHS = (360, 768, 1440)
BETWEEN = 880
"""A width at which tables of many columns scroll."""
MOST_NODES = 15_000
MOST_BYTES = 1_000_000
LOAD = 500
"""Milliseconds until a page is there: those that its thread works."""
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
AXE_RUN = """(options) =>
    axe.run({ exclude: ["figure svg"] }, { resultTypes: ["violations"], ...options })"""
"""Without the drawn figures: each is one image with a text of its own, and axe-core finds no fault
with texts of an SVG."""
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
"""Dark pages differ in colours alone."""
OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth;
    const isInside = (each) => each.closest(".scroll, svg, .skip, noscript, script, style");
    return [...document.querySelectorAll("body *")]
        .filter((each) => !isInside(each) && each.checkVisibility())
        .filter((each) => {
            const box = each.getBoundingClientRect();
            return box.width > 0 && (box.right > width + 1 || box.left < -1);
        })
        .map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`);
}"""

LEAST_PIXELS = 11
"""Height of the smallest text at the least width, in figures as in tables."""
SMALL_TEXTS = f"""() => {{
    const scaleOf = (each) => {{
        const matrix = each.getScreenCTM?.();
        return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
    }};
    const isSaid = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    return [...document.querySelectorAll("body *")]
        .filter((each) => [...each.childNodes].some(isSaid) && each.checkVisibility())
        .filter((each) => !each.closest("script, style, noscript, title, desc"))
        .map((each) => [scaleOf(each) * parseFloat(getComputedStyle(each).fontSize), each])
        .filter(([pixels]) => pixels < {LEAST_PIXELS} - 0.01)
        .map(([pixels, each]) => `${{pixels.toFixed(1)}}: ${{each.textContent.slice(0, 40)}}`);
}}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_fast_asks_for_nothing_and_complains_of_nothing(name, built, visit):
    watched = visit(built[name].address)
    load = watched.work()
    page = watched.page
    nodes = page.evaluate("document.querySelectorAll('*').length")
    watched.open_all()
    size = built[name].path.stat().st_size
    print(f"{name}: {size} bytes, {nodes} nodes, there after {load:.0f} ms")
    assert load < LOAD
    assert nodes < MOST_NODES
    assert size < MOST_BYTES
    assert watched.requests == [built[name].address]
    assert watched.complaints == []


@pytest.mark.parametrize("scheme", RULES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_with_all_parts_open(name, scheme, whole_page):
    page = whole_page(name).page
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(AXE_RUN, RULES[scheme])
    page.emulate_media(color_scheme="light")
    assert [
        (each["id"], len(each["nodes"]), each["nodes"][0]["html"][:200])
        for each in found["violations"]
    ] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_beside_the_screen(name, width, built, visit):
    watched = visit(built[name].address, width=width)
    watched.open_all()
    assert watched.page.evaluate(OVERFLOWING)[:5] == []
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    if width == min(WIDTHS):
        assert watched.page.evaluate(SMALL_TEXTS)[:5] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_table_in_a_card_is_cut_off(width, built, visit):
    watched = visit(built["first"].address, width=width)
    watched.open_all()
    page = watched.page
    assert page.locator(".answer table").count() > 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".answer .scroll")]
            .filter((each) => each.scrollWidth > each.clientWidth + 1)
            .map((each) => each.textContent.trim().slice(0, 40))"""
    )
    assert cut == []


@pytest.mark.parametrize("width", [*WIDTHS, BETWEEN])
def test_no_caption_is_wider_than_the_page(width, built, visit):
    watched = visit(built["lauersen2018"].address, width=width)
    watched.open_all()
    wide, cut = watched.page.evaluate(
        """() => {
            const places = [...document.querySelectorAll(".scroll:has(caption)")];
            const right = (each) => each.getBoundingClientRect().right + 1;
            const textOf = (each) => {
                const text = document.createRange();
                text.selectNodeContents(each.querySelector("caption"));
                return text;
            };
            return [
                places.filter((each) => each.scrollWidth > each.clientWidth + 1).length,
                places.filter((each) => right(textOf(each)) > right(each)).length,
            ];
        }"""
    )
    assert cut == 0
    assert wide == 0 or width == BETWEEN


def test_a_link_to_a_trial_opens_where_its_numbers_come_from(built, visit):
    page = visit(built["first"].address).page
    page.locator("#summary").get_by_role("link", name="van der Horst 2015").click()
    page.wait_for_url(r"**/report.html#review-lauersen2018-trial-*")
    numbers = page.locator("table", has_text="Where each number of van der Horst 2015 was found.")
    numbers.wait_for(state="visible")
    row = numbers.locator("tr", has_text="events, intervention 11").first
    assert "seen in no source" in row.inner_text()


def test_on_a_phone_a_figure_stands_in_its_narrow_form(built, visit):
    page = visit(built["lauersen2018"].address).page
    narrow, wide = (page.locator(f"figure {place}").first for place in (".narrow", ".scroll"))
    assert wide.is_visible()
    assert narrow.inner_html() == ""
    page.set_viewport_size({"width": 360, "height": 900})
    narrow.locator("svg").wait_for()
    assert narrow.locator("svg").bounding_box()["width"] > 300
    assert wide.is_hidden()


def test_drawings_for_phones_come_whole_when_they_are_asked_for_twice_at_once(built, visit):
    page = visit(built["lauersen2018"].address, width=360).page
    page.locator("figure .narrow svg").first.wait_for()
    starts = page.evaluate(
        """async () => {
            const places = [...document.querySelectorAll(".narrow")]
                .filter((each) => each.firstChild);
            places.forEach((each, i) => { each.dataset.part = i; each.replaceChildren(); });
            await Promise.all([unpackNarrow(document), unpackNarrow(document)]);
            return places.map((each) => each.innerHTML.trimStart().slice(0, 4));
        }"""
    )
    assert starts
    assert set(starts) == {"<svg"}


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_a_page_says_that_closed_parts_are_left_out(name, built, visit):
    page = visit(built[name].address).page
    said = page.get_by_text("Parts of the page that were closed are not printed.")
    assert said.is_hidden()
    page.emulate_media(media="print")
    assert said.is_visible()
    assert page.locator("details:not([open]):visible").count() == 0


COLOURS = """(name) => {
    const each = document.body.appendChild(document.createElement("span"));
    each.className = name;
    const { color, backgroundColor } = getComputedStyle(each);
    return [color, backgroundColor];
}"""


@pytest.mark.parametrize("name", ["different", "not_supported", "bias-high"])
def test_on_paper_what_is_white_on_red_is_red_on_white(name, built, visit):
    page = visit(built["first"].address).page
    _, red = page.evaluate(COLOURS, name)
    page.emulate_media(media="print")
    assert page.evaluate(COLOURS, name) == [red, "rgba(0, 0, 0, 0)"]


def test_the_first_page_leads_to_the_kit_of_each_review(built, visit):
    page = visit(built["first"].address).page
    kits = page.get_by_role("link", name="Figure and words to paste into a blog.")
    addresses = [each.get_attribute("href") for each in kits.all()]
    assert addresses == [f"blog/{each.name}/index.html" for each in built.values() if each.review]


FILTER = "getComputedStyle(document.querySelector('figure svg')).filter"


def test_figures_follow_a_dark_page_on_screen_alone(visit, built):
    page = visit(built["lauersen2018"].address).page
    assert page.evaluate(FILTER) == "none"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FILTER) == "invert(0.92) hue-rotate(180deg)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(FILTER) == "none"


def test_on_a_phone_the_first_card_begins_within_two_screens(built, visit):
    page = visit(built["first"].address, width=360).page
    assert page.locator(".claim").first.bounding_box()["y"] < 2 * page.viewport_size["height"]


def test_a_choice_of_long_verdicts_stays_on_a_phone(built, visit):
    page = visit(built["lauersen2018"].address, width=360).page
    select = page.locator(".filter select").first
    select.evaluate(
        "(each) => each.add(new Option('… blocked, in the report “One of a long name”'))"
    )
    box = select.bounding_box()
    assert box["x"] + box["width"] <= 360


def test_a_table_of_two_columns_stays_a_table_on_a_phone(built, visit):
    page = visit(built["first"].address, width=360).page
    assert page.locator("#verdicts thead").is_visible()


def test_what_a_row_says_like_the_one_above_is_not_cut_off(built, visit):
    watched = visit(built["lauersen2018"].address)
    watched.open_all()
    again = watched.page.locator("td:has(.again)").first
    assert again.inner_text().strip() == ""
    said = again.evaluate("(each) => getComputedStyle(each, '::after').content")
    assert said == '"as above"'
