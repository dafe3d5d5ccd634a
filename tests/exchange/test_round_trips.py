"""Random reviews go to another program's file and come back: the same, or what is lost is named."""

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.reviews.trial_identity import trial_key

SEEDS = 4
ROUNDING = 1e-12
"""Relative, of a variance that RevMan's standard error is squared back to."""
NAMES = {
    "RR": ("events_intervention", "n_intervention", "events_control", "n_control"),
    "MD": (
        *("mean_intervention", "sd_intervention", "n_intervention"),
        *("mean_control", "sd_control", "n_control"),
    ),
    "GEN": ("y", "v"),
}
WORDS = ("Ångström", "O'Neil", "van der Worp", "Müller-Lüdenscheid", "Li", "St. John", "Smith")
TEXTS = ("1-2", "0.480", "=1+1", "a, b", 'the "same"', "007", "1E5", "two\nlines", "")


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def number(drawn, measure, name):
    if name.startswith("n_"):
        return str(drawn.randint(40, 400))
    if name.startswith("events_"):
        return str(drawn.randint(1, 30))
    low = -20 if name in ("y", "mean_intervention", "mean_control") else 1
    return f"{drawn.uniform(low, 20):.{drawn.randint(1, 4)}f}"


def random_review(seed):
    """Write a review that passes the check; return its folder and measure."""
    drawn = random.Random(seed)
    measure = sorted(NAMES)[seed % len(NAMES)]
    studies, outcomes, sources = [], [], []
    for place in range(drawn.randint(1, 9)):
        label = f"{drawn.choice(WORDS)} {1990 + place}"
        key = trial_key(label)
        cells = (key, label, str(1990 + place), drawn.choice(TEXTS[:-1]), drawn.choice(TEXTS))
        studies.append(cells)
        for arm in drawn.choice((("",), ("",), ("low", "high"))):
            numbers = [number(drawn, measure, name) for name in NAMES[measure]]
            outcomes.append((key, "injury", "primary", arm, *numbers))
            for name, value in zip(NAMES[measure], numbers, strict=True):
                row = (key, name, "primary", "injury", arm, value, label, "p. 1-2")
                sources.append((*row, "primary_fulltext"))
    folder = Path(f"data/reviews/of{seed}")
    folder.mkdir(parents=True)
    settings = (
        f"title: Review {seed}\n\nmeasure: {measure}\n"
        "analyses:\n  - {id: overall, title: All}\n\ncontrol: none\n"
    )
    (folder / "review.yaml").write_text(settings, encoding="utf-8")
    write(folder / "studies.csv", "study,label,year,sport,note_of_mine", studies)
    numbers_of = ",".join(NAMES[measure])
    write(folder / "outcomes.csv", f"study,outcome,variant,arm,{numbers_of}", outcomes)
    heads = "study,field,variant,outcome,arm,value,source,location,kind"
    write(folder / "provenance.csv", heads, sources)
    return folder, measure


def write(file, head, rows):
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)


def table(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def there_and_back(folder, file, *options):
    """Export and import; return the folder of what came back, and what was said to be lost."""
    there = CliRunner().invoke(main, ("export", str(folder), file))
    assert there.exit_code == 0, there.output
    name = f"{folder.name}_{Path(file).suffix[1:]}"
    back = CliRunner().invoke(main, ("import", file, "--review", name, "--added", "", *options))
    assert (back.exit_code, back.stderr) == (0, ""), back.output
    return Path("data/reviews") / name, there.stdout + back.stdout


def kept(rows, names):
    """Return rows as sets of filled cells under some names, in any order."""
    return sorted(sorted((name, row.get(name, "").strip()) for name in names) for row in rows)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_workbook_brings_every_cell_back(seed):
    folder, _ = random_review(seed)
    back, said = there_and_back(folder, "there.xlsx")
    for name in ("studies.csv", "outcomes.csv", "provenance.csv", "review.yaml"):
        assert (back / name).read_bytes() == (folder / name).read_bytes()
    assert "not in" not in said
    assert "not taken over" not in said


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_table_of_metafor_brings_every_trial_and_number_back_and_lists_its_sources(seed):
    folder, measure = random_review(seed)
    back, said = there_and_back(folder, "there.csv", "--measure", measure)
    names = ("study", "label", "year", "sport", "note_of_mine")
    assert kept(table(back, "studies.csv"), names) == kept(table(folder, "studies.csv"), names)
    names = ("study", "outcome", "arm", *NAMES[measure])
    assert kept(table(back, "outcomes.csv"), names) == kept(table(folder, "outcomes.csv"), names)
    assert "provenance.csv: its " in said


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_file_of_revman_brings_every_trial_and_number_back_and_lists_what_it_has_not(seed):
    folder, measure = random_review(seed)
    back, said = there_and_back(folder, "there.rm5")
    for here, there in ((folder, back), (back, folder)):
        labels = {row["study"]: row["label"] for row in table(here, "studies.csv")}
        assert sorted(labels.values()) == sorted(
            row["label"] for row in table(there, "studies.csv")
        )
    numbers = [
        sorted(
            (row["study"], *(float(row[name]) for name in NAMES[measure]))
            for row in table(each, "outcomes.csv")
        )
        for each in (folder, back)
    ]
    for before, after in zip(*numbers, strict=True):
        assert after[0] == before[0]
        assert after[1:] == pytest.approx(before[1:], rel=ROUNDING)
    assert "provenance, printed numbers, judgements, and columns of trials" in said
