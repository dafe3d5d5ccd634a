"""What a reader does in the explorer shows at once, is said, and stands in the address."""

import re

import pytest

from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.words.numbers import estimate_text
from support.explorer_states import State, numbers_of, settled_state

SETTLED, DEPARTS = "The analysis as settled.", "Not the settled analysis:"
UPDATE = 50
"""Milliseconds within which a choice shows for sixty trials: those that the page's thread works."""


def chosen(review, **changes):
    """Return the numbers of the first analysis with other choices."""
    settled = settled_state(review.explored[0])
    off = changes.pop("off", ())
    at = [
        place
        for place, trial in enumerate(settled.explored.trials)
        for _ in trial.extractions[0].results
        if trial.study.study not in off
    ]
    of_trials = [trial.effects[0, 0] for trial in settled.explored.trials]
    y, v = zip(*(of_trials[place][0] for place in at), strict=True)
    state = State(
        explored=settled.explored,
        page={**settled.page, **changes},
        y=y,
        v=v,
        studies=len(at),
    )
    return numbers_of([state])[0]


def told(numbers):
    return estimate_text(*(numbers[name] for name in ("estimate", "ci_low", "ci_high")))


@pytest.fixture
def opened(explorer):
    watched = explorer("lauersen2018")
    yield watched.page
    assert watched.complaints == []


def status(page):
    return page.locator(".explorer [role=status]").inner_text()


def test_it_begins_with_the_settled_analysis(opened, built):
    assert SETTLED in status(opened)
    assert told(chosen(built["lauersen2018"])) in status(opened)
    assert opened.get_by_role("button", name="Back to the settled analysis").is_disabled()


def test_a_trial_left_out_by_keyboard_is_left_out_of_the_pool(opened, built):
    trial = built["lauersen2018"].explored[0].trials[0].study
    opened.get_by_label(trial.label, exact=True).focus()
    opened.keyboard.press("Space")
    assert told(chosen(built["lauersen2018"], off=[trial.study])) in status(opened)
    assert f"without {trial.label}" in status(opened)
    assert DEPARTS in status(opened)
    assert trial.label not in opened.locator(".plot svg[role=img]").text_content()


def test_other_methods_show_and_one_goes_back(opened, built):
    opened.get_by_label("τ² by", exact=True).select_option("REML")
    opened.get_by_label("Interval", exact=True).select_option("hksj")
    there = chosen(built["lauersen2018"], tau2="REML", interval="hksj")
    assert told(there) in status(opened)
    opened.get_by_role("button", name="Back to the settled analysis").click()
    assert SETTLED in status(opened)
    assert opened.get_by_label("τ² by", exact=True).input_value() == "DL"


def test_an_interval_that_a_new_estimator_lacks_is_replaced(opened):
    opened.get_by_label("τ² by", exact=True).select_option("REML")
    opened.get_by_label("Interval", exact=True).select_option("kr")
    opened.get_by_label("τ² by", exact=True).select_option("DL")
    assert opened.get_by_label("Interval", exact=True).input_value() == "wald"


def test_the_address_holds_the_state(opened, built, explorer):
    trial = built["lauersen2018"].explored[0].trials[0].study
    opened.get_by_label("τ² by", exact=True).select_option("ML")
    opened.get_by_label(trial.label, exact=True).uncheck()
    before = status(opened)
    assert re.search(r"#explore\?.*tau2=ML.*off=", opened.url)
    again = explorer("lauersen2018", opened.url.partition("#")[1] + opened.url.partition("#")[2])
    assert status(again.page) == before


def test_an_address_that_fits_nothing_is_followed_as_far_as_it_does_and_said(explorer):
    page = explorer("lauersen2018", "#explore?analysis=none&tau2=XX&interval=hksj").page
    assert page.locator(".explorer .alarm").inner_text().endswith("without it: none, XX.")
    assert "interval: Hartung-Knapp" in status(page)


def test_numbers_seen_in_no_source_are_marked(opened):
    trial = opened.locator(".plot svg[role=img] text", has_text="van der Horst 2015†")
    assert trial.count() == 1
    assert opened.locator(".plot svg[role=img] .hollow").count() == 1
    assert (
        "† rests on numbers seen in no source." in opened.locator(".explorer > .key").inner_text()
    )


def test_every_trial_off_leaves_nothing_to_pool(opened):
    for box in opened.locator(".explorer input[type=checkbox]").all():
        box.uncheck()
    assert "No trial is left to pool, of 6 trials." in status(opened)
    assert opened.locator(".plot svg[role=img]").count() == 0


def test_sixty_trials_follow_within_fifty_milliseconds(explorer):
    watched = explorer("two")
    assert watched.page.locator(".explorer input[type=checkbox]").count() == 60
    begun = watched.work()
    states = watched.page.evaluate(
        """() => {
            const states = [];
            const follow = (box) => {
                box.click();
                document.body.getBoundingClientRect();
                states.push(document.querySelector(".explorer .result").textContent);
            };
            const boxes = [...document.querySelectorAll(".explorer input[type=checkbox]")];
            boxes.forEach(follow);
            boxes.reverse().forEach(follow);
            return states;
        }"""
    )
    update = (watched.work() - begun) / len(states)
    print(f"update: {update:.1f} ms")
    assert len(states) == 120
    assert len(set(states)) == 61
    assert update < UPDATE


def test_what_the_script_has_no_function_for_is_named_and_not_offered(opened, built):
    others, codes, analyses = opened.evaluate(
        """() => {
            const data = structuredClone(document.querySelector(".explorer").explorer.data);
            data.estimators.push(["XX", "made up"]);
            data.analyses[0].settled.tau2 = "XX";
            const { data: left, others } = offered(data);
            const codes = left.estimators.map(([code]) => code);
            return [others, codes, left.analyses.map(({ id }) => id)];
        }"""
    )
    first, *rest = (each.analysis for each in built["lauersen2018"].explored)
    assert others == ["made up", first.title]
    assert codes == list(ESTIMATORS)
    assert analyses == [each.id for each in rest]


@pytest.mark.parametrize(
    ("analyses", "opening"),
    [
        ([("a", ""), ("b", "")], "a"),
        ([("a", "three-level"), ("b", ""), ("c", "")], "b"),
        ([("a", "three-level"), ("b", "three-level")], "a"),
    ],
)
def test_it_opens_with_the_first_analysis_that_it_can_show_as_settled(opened, analyses, opening):
    made = [{"id": key, "otherModel": model} for key, model in analyses]
    assert opened.evaluate("(analyses) => openingOf({ analyses }).id", made) == opening


def test_a_model_that_the_page_lacks_is_told_as_no_choice_of_the_reader(opened):
    said = opened.evaluate(
        """() => standingParts({ analysis: { otherModel: "three-level" }, departures: ["model"] })
            .map((part) => part.textContent ?? part).join("")"""
    )
    assert said == (
        "As settled but for the model, which this page does not compute: inverse variance in "
        "place of three-level."
    )


LINES_THROUGH_TEXTS = """() => {
    const svg = document.querySelector(".explorer > .plot svg");
    const boxes = [...svg.querySelectorAll("text:not(.tick)")].map((each) => each.getBBox());
    const lines = [...svg.querySelectorAll(".none")].map((each) => each.getBBox());
    const meet = (box, line) => box.x < line.x && line.x < box.x + box.width
        && box.y < line.y + line.height && line.y < box.y + box.height;
    return lines.flatMap((line) => boxes.filter((box) => meet(box, line))).length;
}"""


def test_on_a_phone_no_line_runs_through_a_number_and_both_sides_are_told_whole(explorer, built):
    watched = explorer("lauersen2018", width=360)
    assert watched.page.evaluate(LINES_THROUGH_TEXTS) == 0
    sides = built["lauersen2018"].review.settings.favours("overall")
    drawn = watched.page.evaluate(
        """(sides) => {
            const { analysis } = document.querySelector(".explorer").explorer.shown;
            const rows = plotRows(document.querySelector(".explorer").explorer.shown, {});
            const svg = forestPlot(rows, { ...analysis, sides }, 320, "");
            return [...svg.querySelectorAll("text.tick")].slice(-2).map((each) =>
                [each.textContent, Number(each.getAttribute("y"))]);
        }""",
        ["Nordic exercise, supervised", "control"],
    )
    (first, above), (second, below) = drawn
    assert (first, second) == ("← favours Nordic exercise, supervised", "favours control →")
    assert below > above
    shown = watched.page.locator(".explorer > .plot svg").text_content()
    assert all(f"favours {side}" in shown for side in sides)
