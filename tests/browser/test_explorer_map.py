"""The multiverse as the map of the explorer: each specification drawn there shows its own pool."""

import pytest

from liftproof import tables
from liftproof.rows.multiverse_rows import CurveRow

ROUNDING = 1e-8
POOLED = """(analysis) => {
    const { data } = document.querySelector(".explorer").explorer;
    const chosen = data.analyses.find(({ id }) => id === analysis);
    return chosen.map.options.map((_, column) => {
        const { numbers } = explored(data, stateOfColumn(data, chosen, column));
        return [numbers.estimate, numbers.ci_low, numbers.ci_high];
    });
}"""
AT = 40
"""A specification that departs in several choices."""


@pytest.fixture(scope="module")
def curves(built):
    rows = tables.read(CurveRow, built["lauersen2018"].path.with_name("multiverse_curve.csv"))
    found = {}
    for row in rows:
        found.setdefault(row.analysis, []).append((row.estimate, row.ci_low, row.ci_high))
    return {analysis: own[:-1] for analysis, own in found.items()}


@pytest.fixture
def opened(explorer):
    watched = explorer("lauersen2018")
    yield watched.page
    assert watched.complaints == []


def slider(page):
    return page.get_by_label("Specification, by rising estimate")


def test_every_specification_is_pooled_as_the_curve_has_it(opened, curves):
    assert len(curves) > 1
    for analysis, columns in curves.items():
        shown = opened.evaluate(POOLED, analysis)
        assert shown == [pytest.approx(column, rel=ROUNDING) for column in columns]


def test_the_slider_shows_a_specification_by_keyboard_and_the_address_holds_it(opened, explorer):
    assert slider(opened).get_attribute("aria-valuetext") == (
        "The analysis as settled, at the upright line, between marks."
    )
    slider(opened).focus()
    opened.keyboard.press("Home")
    assert slider(opened).get_attribute("aria-valuetext") == "1 of 120"
    assert "measure of counts: odds ratio" in opened.locator(".explorer .standing").inner_text()
    first = opened.locator(".explorer .result").inner_text()
    again = explorer("lauersen2018", opened.url[opened.url.index("#") :]).page
    assert slider(again).get_attribute("aria-valuetext") == "1 of 120"
    assert again.locator(".explorer .result").inner_text() == first


def test_a_click_on_the_map_does_the_same_and_a_trial_left_out_leaves_it(opened, built):
    box = opened.locator(".map .plot svg").bounding_box()
    share = AT / 119
    opened.locator(".map .plot").click(
        position={"x": 44 + share * (box["width"] - 52), "y": box["height"] / 2}
    )
    assert slider(opened).get_attribute("aria-valuetext") == f"{AT + 1} of 120"
    trial = built["lauersen2018"].explored[0].trials[0].study.label
    opened.get_by_label(trial, exact=True).uncheck()
    assert opened.locator(".map output").inner_text() == "What is chosen is none of the marks."
    assert opened.locator(".map .here").get_attribute("visibility") == "hidden"


def test_the_figure_of_the_multiverse_leads_to_its_map(built, visit):
    page = visit(built["lauersen2018"].address).page
    page.get_by_role("link", name="Go through these combinations in the explorer").first.click()
    page.wait_for_selector(".explorer.started .map .plot svg")
    assert page.url.endswith("#explore?analysis=overall")
    page.evaluate("location.hash = '#explore?analysis=adults'")
    page.wait_for_function(
        "document.querySelector('.explorer')?.explorer.state.analysis === 'adults'"
    )
    assert page.locator(".map").count() == 1


def test_a_specification_of_another_model_is_said_to_be_outside(explorer):
    page = explorer("lauersen2018").page
    column, many, shown = page.evaluate(
        """() => {
            const its = document.querySelector(".explorer").explorer;
            const { map } = its.data.analyses[0];
            const method = map.choices.find(([field]) => field === "tau2");
            method[1] = method[1].map((code) => (code === "DL" ? null : code));
            its.map.analysis = null;
            its.fill();
            const column = its.map.keys.indexOf("");
            its.map.pick(column);
            return [column + 1, its.map.outside, its.state.tau2];
        }"""
    )
    assert shown == "DL"
    assert 1 < many < 120
    assert page.locator(".map output").inner_text() == (
        f"{column} of 120: outside the explorer, which still shows what was chosen before"
    )
    words = page.locator(".map .key").inner_text()
    assert f"{many} hollow marks: pooled by a model or a method" in words


def test_a_specification_by_a_method_that_is_not_offered_is_outside_too(explorer):
    watched = explorer("lauersen2018")
    outside, wanted, tau2, interval = watched.page.evaluate(
        """() => {
            const its = document.querySelector(".explorer").explorer;
            const { settled, map } = its.data.analyses[0];
            const has = (kind, code) => ([each]) => each === settled[kind] || each !== code;
            its.data.estimators = its.data.estimators.filter(has("tau2", "REML"));
            its.data.intervals = its.data.intervals.filter(has("interval", "hksj"));
            its.map.analysis = null;
            its.fill();
            const codes = (column) => map.choices.flatMap(([, each], i) =>
                (Array.isArray(each) ? [each[map.options[column].split("|")[i]]] : []));
            const wanted = map.options.filter((_, column) =>
                codes(column).some((code) => ["REML", "hksj"].includes(code))).length;
            its.map.pick(its.map.keys.indexOf(""));
            return [its.map.outside, wanted, its.state.tau2, its.state.interval];
        }"""
    )
    assert watched.complaints == []
    assert (tau2, interval) == ("DL", "wald")
    assert 0 < outside == wanted < 120


def test_where_the_settled_analysis_has_no_estimate_the_map_has_no_line(explorer):
    lines, picture = explorer("lauersen2018").page.evaluate(
        """() => {
            const its = document.querySelector(".explorer").explorer;
            const count = () => its.map.picture.querySelectorAll("line.axis").length;
            const before = count();
            its.data.analyses[0].map.settled = null;
            its.map.analysis = null;
            its.fill();
            const picture = its.map.picture.innerHTML;
            its.settle();
            its.trials.querySelector("input").click();
            const said = its.map.standing.textContent;
            return [
                [before, count()], [picture.includes("NaN"), its.map.words.textContent, said],
            ];
        }"""
    )
    assert lines == [1, 0]
    assert picture[0] is False
    assert "the analysis as settled has no estimate." in picture[1]
    assert picture[2] == "What is chosen is none of the marks."
