"""Workbooks: what a spreadsheet does to cells is refused by address, and nothing else is lost."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from liftproof.cli import main
from liftproof.columns import columns
from liftproof.errors import DataError
from liftproof.exchange.draft import refuse
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import TABLES
from support.small_review import GOOD
from support.workflow_project import REPOSITORY

STUDIES = (("study", "label", "year"), ("one2019", "One 2019", "2019"))
OUTCOMES = (
    ("study", "outcome", "events_intervention", "n_intervention", "events_control", "n_control"),
    ("one2019", "injury", "5", "100", "12", "98"),
)
REVIEW = (
    ("key", "value"),
    ("title", "Strength: a review"),
    ("measure", "RR"),
    ("analyses", "  - id: overall\n    title: All trials"),
)


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def write_review(name, files=GOOD):
    folder = Path("data/reviews") / name
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def write_book(file="ours.xlsx", **cells):
    """Write a workbook of one trial; ``cells`` by sheet and address, as outcomes_C2=5."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in {"review": REVIEW, "studies": STUDIES, "outcomes": OUTCOMES}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, value in cells.items():
        sheet, address = place.split("_")
        book[sheet][address] = value
    book.save(file)
    return file


def cells_of(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


@pytest.mark.slow
@pytest.mark.parametrize("review", ["lauersen2018", "injury_prevention_pools"])
def test_a_review_of_the_project_comes_back_cell_by_cell_with_its_settings(review):
    before = REPOSITORY / "data" / "reviews" / review
    Path("data/reviews").mkdir(parents=True)
    for other in before.parent.iterdir():
        (Path("data/reviews") / other.name).symlink_to(other)
    assert run("export", review, "there.xlsx").exit_code == 0
    result = run("import", "there.xlsx", "--review", "back", "--added", "")
    assert (result.exit_code, result.stderr) == (0, "")
    after = Path("data/reviews/back")
    names = {path.name for path in before.iterdir()}
    assert {path.name for path in after.iterdir()} == names
    for name in names - {"review.yaml"}:
        assert cells_of(after, name) == cells_of(before, name)
    assert "not taken over" not in result.stdout
    comment = (before / "review.yaml").read_text(encoding="utf-8").splitlines()[0]
    text = (after / "review.yaml").read_text(encoding="utf-8")
    assert text.startswith(comment)


@pytest.mark.slow
def test_a_pool_is_the_same_after_a_round_trip():
    write_review("ours")
    run("export", "ours", "ours.xlsx")
    assert run("import", "ours.xlsx", "--review", "back").exit_code == 0
    before, after = (run("pool", name, "--json").stdout for name in ("ours", "back"))
    assert after.replace('"back"', '"ours"') == before
    assert '"k": 2' in before


def test_the_same_review_gives_the_same_bytes():
    write_review("ours")
    run("export", "ours", "one.xlsx")
    run("export", "ours", "two.xlsx")
    assert Path("one.xlsx").read_bytes() == Path("two.xlsx").read_bytes()


def test_a_file_of_the_folder_that_is_no_table_is_listed():
    write_review("ours", GOOD | {"NOTES.md": "words"})
    result = run("export", "ours", "ours.xlsx")
    assert "not in ours.xlsx: data/reviews/ours/NOTES.md: no table of a review" in result.stdout


def test_a_template_has_every_declared_column_as_text_with_its_meaning():
    assert run("template", "empty.xlsx").exit_code == 0
    book = load_workbook("empty.xlsx")
    assert book.sheetnames == ["review", "studies", "outcomes", "provenance", "published"]
    for name in book.sheetnames[1:]:
        heads = book[name][1]
        declared = columns(TABLES[f"{name}.csv"])
        assert [head.value for head in heads] == [item.name for item in declared]
        assert all(
            head.comment.text.startswith(item.meaning)
            for head, item in zip(heads, declared, strict=True)
        )
        formats = {each.number_format for each in book[name].column_dimensions.values()}
        assert formats == {"@"}


def test_a_template_never_overwrites():
    Path("mine.xlsx").write_text("mine", encoding="utf-8")
    result = run("template", "mine.xlsx")
    assert (result.exit_code, Path("mine.xlsx").read_text(encoding="utf-8")) == (1, "mine")
    assert run("template", "mine.csv").exit_code == 2


@pytest.mark.slow
def test_a_filled_template_becomes_a_review_and_pools():
    run("template", "mine.xlsx")
    book = load_workbook("mine.xlsx")
    book["review"]["B2"] = "Ours"
    for name, rows in {"studies": STUDIES, "outcomes": OUTCOMES}.items():
        places = {cell.value: cell.column for cell in book[name][1]}
        for head, cell in zip(*rows, strict=True):
            book[name].cell(row=2, column=places[head], value=cell)
    book.save("mine.xlsx")
    assert run("new", "mine").exit_code == 0
    told = run("import", "mine.xlsx", "--review", "mine", "--added", "2026-01-31").stdout
    assert "data/reviews/mine/review.yaml: it was untouched, and is that of mine.xlsx/rev" in told
    assert "studies.csv: added is 2026-01-31 where the file has none" in told
    assert "title: Ours\n" in Path("data/reviews/mine/review.yaml").read_text(encoding="utf-8")
    assert '"k": 1' in run("pool", "mine", "--json").stdout
    assert cells_of(Path("data/reviews/mine"), "studies.csv")[1][:3] == list(STUDIES[1])


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("outcomes_C2", "=1+4", "outcomes:2: C2: a formula without a computed value"),
        ("outcomes_C2", datetime(2026, 2, 1), "outcomes:2: C2: a date, which"),
        ("outcomes_C2", True, "outcomes:2: C2: a truth value"),
        ("outcomes_C2", "#DIV/0!", "outcomes:2: C2: an error value"),
        ("studies_A2", 2019, "studies:2: A2: a number in a column of kind key"),
        ("outcomes_C2", 5.5, "outcomes:2: events_intervention: a fractional count"),
        ("outcomes_C2", "105", "outcomes:2: events_intervention: "),
        ("outcomes_A2", "one2018", "outcomes:2: study: studies.csv has no such trial"),
        ("outcomes_C1", "n_intervention", "outcomes:1: n_intervention: two columns"),
        ("review_B3", "RRR", "review:2: measure: "),
    ],
)
def test_what_a_spreadsheet_or_a_hand_did_is_told_at_its_cell_and_nothing_is_written(
    place, value, told
):
    result = run("import", write_book(**{place: value}), "--review", "ours")
    assert result.exit_code == 1
    assert f"ours.xlsx/{told}" in result.stderr
    assert list(Path().rglob("*.csv")) == []
    assert not list(Path("data").rglob(".partial-*"))


@pytest.mark.parametrize("column", ["printed", "p_value"])
def test_a_number_where_digits_count_is_refused(column):
    book = load_workbook(write_book())
    sheet = book.create_sheet("published") if column == "printed" else book["outcomes"]
    if column == "printed":
        sheet.append(("target", "analysis", "quantity", "printed"))
        sheet.append(("main", "overall", "estimate", 0.48))
    else:
        sheet["G1"], sheet["G2"] = "p_value", 0.03
    book.save("ours.xlsx")
    result = run("import", "ours.xlsx", "--review", "ours")
    assert result.exit_code == 1
    assert "a number in a column whose digits count" in result.stderr


def test_numbers_typed_as_numbers_are_taken_and_text_that_lost_its_form_is_listed():
    book = load_workbook(write_book(outcomes_C2=5, outcomes_D2=100.0))
    book["studies"]["D1"], book["studies"]["D2"] = "sport", 7
    book["studies"]["E1"], book["studies"]["E2"] = "icc", 1e-05
    book.save("ours.xlsx")
    result = run("import", "ours.xlsx", "--review", "ours")
    assert result.exit_code == 0
    assert "not taken over: ours.xlsx/studies: sport: numbers in a column of text, D2" in (
        result.stdout
    )
    folder = Path("data/reviews/ours")
    assert cells_of(folder, "outcomes.csv")[1] == ["one2019", "injury", "5", "100", "12", "98"]
    assert cells_of(folder, "studies.csv")[1][-3:-1] == ["7", "0.00001"]


def test_merged_cells_and_misspelt_sheets_are_refused():
    book = load_workbook(write_book())
    book["outcomes"].merge_cells("C2:D2")
    book.save("merged.xlsx")
    assert "C2:D2: merged cells" in run("import", "merged.xlsx", "--review", "a").stderr
    book["outcomes"].unmerge_cells("C2:D2")
    book["outcomes"].title = "Outcome"
    book.save("named.xlsx")
    assert "rename outcome to outcomes" in run("import", "named.xlsx", "--review", "a").stderr


@pytest.mark.parametrize("content", [b"", b"study,label\n", b"PK\x03\x04 cut short"])
def test_what_is_no_workbook_is_told_in_a_sentence(content):
    Path("ours.xlsx").write_bytes(content)
    result = run("import", "ours.xlsx", "--review", "ours")
    assert result.exit_code == 1
    assert "ours.xlsx:1: file: no workbook that can be read" in result.stderr


@pytest.mark.slow
def test_a_trial_is_added_to_a_review_and_what_is_there_stays():
    folder = write_review("ours")
    run("export", "ours", "ours.xlsx")
    book = load_workbook("ours.xlsx")
    book["studies"].append(("three2021", "Three 2021", "2021"))
    book["outcomes"].append(("three2021", "hamstring", "", "", "acute", "1", "50", "4", "52"))
    book.save("ours.xlsx")
    dry = run("import", "ours.xlsx", "--review", "ours", "--dry-run")
    assert "1 in studies.csv, 1 in outcomes.csv would be added" in dry.stdout
    assert (folder / "studies.csv").read_text(encoding="utf-8") == GOOD["studies.csv"]
    result = run("import", "ours.xlsx", "--review", "ours")
    assert "1 in studies.csv, 1 in outcomes.csv added" in result.stdout
    assert "2 in studies.csv, 3 in outcomes.csv" in result.stdout.splitlines()[1]
    assert [row[0] for row in cells_of(folder, "studies.csv")[1:]] == [
        *("askling2003", "petersen2011"),
        "three2021",
    ]
    assert (folder / "review.yaml").read_text(encoding="utf-8") == GOOD["review.yaml"]


@pytest.mark.slow
def test_a_row_that_the_review_has_with_another_value_is_refused():
    folder = write_review("ours")
    run("export", "ours", "ours.xlsx")
    book = load_workbook("ours.xlsx")
    book["outcomes"]["F2"] = "4"
    book.save("ours.xlsx")
    result = run("import", "ours.xlsx", "--review", "ours")
    assert result.exit_code == 1
    assert "ours.xlsx/outcomes:2: events_intervention: the review has another" in result.stderr
    assert (folder / "outcomes.csv").read_text(encoding="utf-8") == GOOD["outcomes.csv"]


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("import", "ours.xlx", "--review", "a"), "did you mean .xlsx?"),
        (("import", "ours.xlsx", "--review", "a b"), "use letters, digits, _ and -"),
        (("import", "ours.xlsx"), "--review"),
        (("export", "ours", "ours.xslx"), "did you mean .xlsx?"),
        (("export", "ours", "ours.out", "--format", "xlsxx"), "did you mean xlsx?"),
    ],
)
def test_bad_usage_exits_2_with_the_nearest_name(arguments, remedy):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert remedy in result.stderr


def test_an_empty_template_is_told_to_be_empty():
    assert run("template", "empty.xlsx").exit_code == 0
    result = run("import", "empty.xlsx", "--review", "ours")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "empty.xlsx:1: file: the workbook has no rows yet" in result.stderr


@pytest.mark.parametrize("sheet", ["studies", "outcomes"])
def test_a_sheet_without_its_trials_names_the_column_also_where_sources_are_asked_for(sheet):
    """Sources are written from the cells of each row: a row without a trial has none."""
    result = run("import", write_book(**{f"{sheet}_A1": "trial"}), "--review", "x", "--source", "A")
    assert result.exit_code == 1
    assert f"ours.xlsx/{sheet}:1: study: a required column is missing" in result.output


def test_a_measure_beside_a_workbook_without_settings_leaves_those_of_the_review():
    file = write_book()
    book = load_workbook(file)
    del book["review"]
    book.save(file)
    assert run("new", "mine").exit_code == 0
    before = Path("data/reviews/mine/review.yaml").read_text(encoding="utf-8")
    result = run("import", file, "--review", "mine", "--measure", "RR")
    assert (result.exit_code, "review.yaml" in result.stdout) == (0, False)
    assert Path("data/reviews/mine/review.yaml").read_text(encoding="utf-8") == before


def problem_of(line):
    wrong, path = "MD cannot be computed", Path("ours.xlsx/outcomes")
    return Problem(path=path, line=line, column="measure", wrong=wrong, found="", remedy="x")


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ([2] * 8, ""),
        ([2, 3, 3, 3, 4], "; the same is wrong on 2 more lines: 3, 4"),
        ([2, 2, 2, 3], "; the same is wrong on 1 more line: 3"),
        ([2, 2], ""),
    ],
)
def test_a_row_that_is_wrong_in_many_ways_is_named_once(lines, end):
    with pytest.raises(DataError) as caught:
        refuse(map(problem_of, lines))
    first = "ours.xlsx/outcomes:2: measure: MD cannot be computed, found nothing, x"
    assert str(caught.value) == f"{first}{end}"


def test_a_measure_that_a_workbook_cannot_have_is_to_be_mended_in_its_sheet():
    result = run("import", write_book(review_B3="MD"), "--review", "ours")
    assert result.exit_code == 1
    assert "ours.xlsx/outcomes:2: measure: MD cannot be computed from this row" in result.stderr
    assert "write measure: RR or OR or RD in ours.xlsx/review where all" in result.stderr
    assert "review.yaml" not in result.stderr
