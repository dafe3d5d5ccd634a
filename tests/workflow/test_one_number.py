"""One object, one number: a difference planted in any finished file is found, with both places."""

import json
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from liftproof.errors import NumbersDifferError
from liftproof.report.gate.one_number import REMEDY, require_first_page, require_one_number_of
from liftproof.report.gate.shown_pools import ShownPool, bare, changes_in
from liftproof.report.pdf.document import review_document
from liftproof.report.pdf.typeset import write_pdf
from liftproof.report.results import read_review_inputs
from liftproof.report.review_entry import entry_of, entry_text
from support.forests import estimate_row

pytestmark = pytest.mark.slow

RIGHT, WRONG = "0.36 (0.19 to 0.68)", "0.36 (0.19 to 0.69)"
"""The pool of both trials as every file prints it, and as one file does here."""
RIGHT_CELL, WRONG_CELL = (each.replace(" to ", "\xa0to\xa0") for each in (RIGHT, WRONG))
"""The same in tables, whose limits stay in one line."""
RIGHT_CI, WRONG_CI = (each.replace("(", "(95\u202f% CI ") for each in (RIGHT, WRONG))
RIGHT_TOLD, WRONG_TOLD = (
    each.replace("(", "(95\u202f% confidence interval ") for each in (RIGHT, WRONG)
)
HOLDS = f"results/two/estimates.csv holds {RIGHT}"
PAGE, DRAWING = "two/report.html", "two/figures/overall/forest.svg"
KIT_DATA = "kind,label,estimate,ci_low,ci_high\npooled,All,0.36,0.19,0.68\n"
PERCENT = "On average the risk was 63 % lower with it (95 % interval: 81 % lower to 32 % lower)."


@pytest.fixture
def results(finished, tmp_path, monkeypatch):
    """A copy of the finished results, in a folder of its own with the data."""
    for name in ("results", "data"):
        shutil.copytree(finished.folder / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return Path("results")


def told():
    """Return what the gate says of the first page, and of the files of the review."""
    lines = []
    for check in (partial(require_first_page, ["two"]), partial(require_one_number_of, "two")):
        try:
            check(Path("results"))
        except NumbersDifferError as error:
            *said, remedy = str(error).splitlines()
            assert remedy == REMEDY
            lines += said
    assert lines
    return lines


def test_the_files_of_a_run_print_one_number(results):
    require_first_page(["two"], results)
    require_one_number_of("two", results)


def test_what_the_first_page_of_many_says_is_read_back_too(results):
    entry = results / "two" / "entry.json"
    text = entry.read_text(encoding="utf-8")
    assert text == entry_text(entry_of(read_review_inputs("two", Path(), results)))
    assert RIGHT_TOLD in text
    entry.write_text(text.replace(RIGHT_TOLD, WRONG_TOLD), encoding="utf-8")
    with pytest.raises(NumbersDifferError, match=r"entry\.json"):
        require_one_number_of("two", results)


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (PAGE, f'"number">{RIGHT_CELL}<', f'"number">{WRONG_CELL}<', ", table of estimates: Both"),
        (PAGE, RIGHT_TOLD, WRONG_TOLD, ", text: Both trials: prints"),
        (PAGE, RIGHT_CI, WRONG_CI, ", figure and caption: Both trials: prints"),
        (PAGE, f">{RIGHT}</text>", f">{WRONG}</text>", ", drawn: Both trials: prints another"),
        ("report.html", RIGHT_TOLD, WRONG_TOLD, ", text: Both trials: prints"),
        (DRAWING, f">{RIGHT}</text>", f">{WRONG}</text>", ", drawn: Both trials: prints another"),
        (DRAWING, RIGHT_CI, WRONG_CI, ", description: Both trials: prints"),
        ("blog/two/alt.txt", RIGHT_CI, WRONG_CI, ": Both trials: prints"),
        ("blog/two/caption.txt", "was 64", "was 63", ": Both trials: prints"),
        ("blog/two/figure.html", RIGHT_CI, WRONG_CI, ": Both trials: prints"),
    ],
)
def test_a_planted_difference_is_told_with_both_places(results, file, old, new, place):
    path = results / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    lines = [line for line in told() if line.startswith(f"results/{file}{place}")]
    assert {line.endswith(HOLDS) for line in lines} == {True}


def test_a_table_of_another_state_is_no_longer_that_of_its_files(results):
    path = results / "two" / "estimates.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("ci_high")
    cells = rows[0].split(",")
    cells[place] = "0.6949"
    path.write_text("\n".join([header, ",".join(cells), *rows[1:], ""]), encoding="utf-8")
    files = {line.partition(":")[0].partition(",")[0] for line in told()}
    assert files >= {
        *("results/report.html", f"results/{PAGE}", f"results/{DRAWING}"),
        *("results/two/report.pdf", "results/blog/two/alt.txt", "results/blog/two/caption.txt"),
    }


def test_a_pdf_of_another_state_is_found(results):
    path = results / "two" / "estimates.csv"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace(",0.6", ",0.7"), encoding="utf-8")
    inputs = read_review_inputs("two", Path(), results)
    write_pdf(review_document(inputs), results / "two" / "report.pdf")
    path.write_text(kept, encoding="utf-8")
    lines = told()
    assert [line.partition(": ")[0] for line in lines] == [
        *("results/two/report.pdf, text", "results/two/report.pdf, caption"),
        "results/two/report.pdf, alternative text",
    ]


def test_the_explorer_holds_the_effects_of_the_table(results):
    page = results / PAGE
    text = page.read_text(encoding="utf-8")
    data = {
        "effects": [None, -0.5],
        "analyses": [{"id": "overall", "otherModel": f"gives {WRONG}"}],
    }
    script = f'<script type="application/json">{json.dumps(data)}</script></body>'
    page.write_text(text.replace("</body>", script), encoding="utf-8")
    said = f"results/{PAGE}, explorer: Both trials: prints"
    assert told()[:2] == [
        f"{said} {WRONG}, {HOLDS}",
        f"{said} from other effects of its trials, {HOLDS}",
    ]


def test_the_data_and_words_of_a_kit_are_held_against_the_table(results):
    kit = results / "blog" / "two"
    (kit / "data.csv").write_text(KIT_DATA, encoding="utf-8")
    (kit / "summary.md").write_text(PERCENT, encoding="utf-8")
    assert told()[:2] == [
        f"results/blog/two/data.csv: Both trials: prints {RIGHT}, {HOLDS}",
        "results/blog/two/summary.md: Both trials: prints 63lower (81lower to 32lower), "
        f"in percent, {HOLDS}",
    ]


def test_a_single_trial_may_be_told_with_its_own_limits_or_those_of_its_source():
    row = replace(estimate_row(1), estimate=0.5, ci_low=0.29, ci_high=0.87)
    pool = ShownPool(row=row, reported=(0.3, 0.9))
    assert pool.changes(("50lower", "70lower", "10lower"))
    assert pool.changes(("50lower", "71lower", "13lower"))
    assert not pool.changes(("50lower", "70lower", "13lower"))
    assert pool.agrees(("0.50", "0.30", "0.90"))
    assert not pool.agrees(("0.50", "0.30", "0.87"))


def test_a_change_is_read_whatever_its_blanks():
    assert list(changes_in(bare(PERCENT))) == [("63lower", "81lower", "32lower")]
