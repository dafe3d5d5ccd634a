"""Citations from and to reference managers: records that fail or fit nothing are named."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from support.small_review import GOOD

RIS = """\
TY  - JOUR
AU  - Askling, Carl
AU  - Karlsson, Jon
TI  - Hamstring injury occurrence
JO  - Scand J Med Sci Sports
PY  - 2003/08/01
VL  - 13
SP  - 244
EP  - 250
DO  - 10.1034/a
ER  -

TY - JOUR
AU - Petersen, Jesper
TI - Preventive effect
 of eccentric training
JO - Am J Sports Med
PY - 2011
DO - https://doi.org/10.1177/b
DO - 10.1177/c
"""
BIB = """\
@article{a, author={Askling, Carl and Karlsson, Jon}, title={{H}amstring injury}, year=2003,
  journal={Scand J}, volume=13, pages={244--250}, doi={10.1034/a}}
@article{b, author={H{\\"o}lmich, Per}, title={Groin}, year=2010, journal={BJSM}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = Path("data/reviews/ours")
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def take(name, text, *options):
    Path(name).write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ("import", name, "--review", "ours", *options))


def trials(folder):
    with (folder / "studies.csv").open(encoding="utf-8", newline="") as lines:
        return {row["study"]: row for row in csv.DictReader(lines)}


def test_a_record_without_an_end_is_read_and_a_second_doi_is_named(folder):
    result = take("ours.ris", RIS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "data/reviews/ours: 2 in studies.csv filled in" in result.stdout
    assert "ours.ris:13: the record has no end (ER); it was read" in result.stdout
    assert "ours.ris:13: several DOIs, of which the first was taken" in result.stdout
    held = trials(folder)
    assert held["askling2003"]["citation"] == (
        "Askling C, Karlsson J. Hamstring injury occurrence. Scand J Med Sci Sports 2003;13:244-250"
    )
    assert held["petersen2011"]["doi"] == "10.1177/b"
    assert "Preventive effect of eccentric training" in held["petersen2011"]["citation"]
    assert held["petersen2011"]["icc"] == "0.05"


def test_a_doi_in_capitals_finds_its_trial_and_a_like_title_finds_none(folder):
    take("ours.ris", RIS)
    result = take(
        "more.ris",
        "TY  - JOUR\nAU  - Other, Ann\nTI  - Muskelverletzungen\nPY  - 1999\n"
        "DO  - https://doi.org/10.1034/A\nER  - \n\n"
        "TY  - JOUR\nAU  - Other, Ann\nTI  - Hamstring injury occurrences\nPY  - 1999\n"
        "DO  - 10.1034/q\nER  - \n",
    )
    assert result.exit_code == 0
    assert "Muskelverletzungen: fits no trial" not in result.stdout
    assert "more.ris:8: Hamstring injury occurrences: fits no trial" in result.stdout


def test_each_of_four_authors_and_capitals_within_a_title_are_kept(folder):
    take(
        "ours.ris",
        "TY  - JOUR\nAU  - Petersen, Jesper\nAU  - Beta, Ben\nAU  - Gamma, Cara\nAU  - Delta, Dan\n"
        "TI  - Injuries of the ACL in women\nJO  - J\nPY  - 2011\nER  - \n",
    )
    assert trials(folder)["petersen2011"]["citation"] == (
        "Petersen J, Beta B, Gamma C, Delta D. Injuries of the ACL in women. J 2011"
    )


def test_what_the_review_holds_stays_and_the_difference_is_named(folder):
    take("ours.ris", RIS)
    before = (folder / "studies.csv").read_text(encoding="utf-8")
    result = take("more.ris", RIS.replace("10.1034/a", "10.1034/z"))
    assert "askling2003: doi 10.1034/z; the review has 10.1034/a" in result.stdout
    assert (folder / "studies.csv").read_text(encoding="utf-8") == before


def test_bibtex_fills_the_trial_it_fits_and_names_the_record_that_fits_none(folder):
    result = take("ours.bib", BIB)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "not taken over: ours.bib:3: Groin: fits no trial" in result.stdout
    assert trials(folder)["askling2003"]["citation"] == (
        "Askling C, Karlsson J. Hamstring injury. Scand J 2003;13:244-250"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "ours.ris",
            "TY  - JOUR\nA1  - Askling, Carl, Jr\nAU  - van der Horst, Nick\n"
            "AU  - World Health Organization\nTI  - Injuries\nJO  - J\nPY  - 2003\nER  - \n",
        ),
        (
            "ours.bib",
            "@article{a, author={Askling, Jr., Carl and Nick van der Horst and {World Health "
            "Organization}}, title={Injuries}, journal={J}, year=2003}",
        ),
        (
            "ours.json",
            '[{"title": "Injuries", "container-title": "J", "issued": {"date-parts": [[2003]]}, '
            '"author": [{"family": "Askling", "given": "Carl", "suffix": "Jr."}, {"family": '
            '"Horst", "given": "Nick", "non-dropping-particle": "van der"}, '
            '{"literal": "World Health Organization"}]}]',
        ),
    ],
)
def test_first_authors_groups_particles_and_suffixes_are_kept(folder, name, text):
    result = take(name, text)
    assert (result.exit_code, result.stderr) == (0, "")
    assert trials(folder)["askling2003"]["citation"] == (
        "Askling C Jr, van der Horst N, World Health Organization. Injuries. J 2003"
    )


def test_a_body_with_an_and_or_an_accent_in_its_name_is_one_author(folder):
    first = "{National Institute for Health and Care Excellence}"
    second = r"{Health Service of Z{\"u}rich}"
    authors = f"Askling, Carl and {first} and {second}"
    text = f"@article{{a, author={{{authors}}}, title={{Injuries}}, year=2003}}"
    result = take("ours.bib", text)
    assert (result.exit_code, result.stderr) == (0, "")
    assert trials(folder)["askling2003"]["citation"] == (
        "Askling C, National Institute for Health and Care Excellence, Health Service of Zürich. "
        "Injuries. 2003"
    )


def test_a_line_that_goes_on_is_no_tag_for_its_letters_and_hyphen(folder):
    text = (
        "TY  - JOUR\nAU  - Askling, Carl\nTI  - INJURIES OF THE SHOULDER - A TRIAL BY\n"
        "T2-weighted images\nJO  - J\nPY  - 2003\nER  - \n"
    )
    result = take("ours.ris", text)
    assert (result.exit_code, result.stderr) == (0, "")
    assert trials(folder)["askling2003"]["citation"] == (
        "Askling C. INJURIES OF THE SHOULDER - A TRIAL BY T2-weighted images. J 2003"
    )


def test_markup_of_csl_json_is_taken_off_and_other_angles_stay(folder):
    item = {
        "title": "<i>L. casei</i>, VO<sub>2</sub>max < 40, <span class='nocase'>pH</span>",
        "author": [{"family": "Askling", "given": "C."}],
        "issued": {"date-parts": [[2003]]},
        "container-title": "J",
    }
    result = take("ours.json", json.dumps([item]))
    assert (result.exit_code, result.stderr) == (0, "")
    assert trials(folder)["askling2003"]["citation"] == (
        "Askling C. L. casei, VO2max < 40, pH. J 2003"
    )


@pytest.mark.parametrize("percent", ["%", "\\%"])
def test_signs_of_latex_that_an_export_left_as_they_are_end_no_text(folder, percent):
    title = f"{{A 50{percent} reduction & more}}"
    entry = f"@article{{a, author={{Askling, C.}}, title={title}, journal={{J}}, year=2003, "
    result = take("ours.bib", entry + f"doi={{10.1034/a{percent}3Cb}}}}")
    assert (result.exit_code, result.stderr) == (0, "")
    trial = trials(folder)["askling2003"]
    assert trial["citation"] == "Askling C. A 50% reduction & more. J 2003"
    assert trial["doi"] == "10.1034/a%3Cb"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("ours.bib", BIB + "@article{a, title={Again}}\n", "ours.bib:4: entry: an entry that"),
        ("ours.bib", "@article{a, title={Open", "ours.bib:1: entry: an entry that"),
        ("ours.ris", "AU  - One\n", "ours.ris:1: file: a line that belongs to no record"),
        ("ours.json", "[{", "ours.json:1: file: no JSON"),
        ("ours.json", '{"id": "a"}', "ours.json:1: file: no list of items"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(folder, name, text, told):
    result = take(name, text)
    assert result.exit_code == 1
    assert told in result.stderr
    assert (folder / "studies.csv").read_text(encoding="utf-8") == GOOD["studies.csv"]


def test_a_bad_doi_is_refused_by_the_check(folder):
    result = take("ours.ris", RIS.replace("10.1034/a", "none"))
    assert result.exit_code == 1
    assert "studies.csv:2: doi: not a DOI" in result.stderr
    assert (folder / "studies.csv").read_text(encoding="utf-8") == GOOD["studies.csv"]


def test_csl_has_names_dates_and_pages(folder):
    take("ours.ris", RIS)
    exported = CliRunner().invoke(main, ("export", "ours", "ours.json"))
    assert exported.exit_code == 0
    first = json.loads(Path("ours.json").read_text(encoding="utf-8"))[0]
    assert (first["DOI"], first["page"], first["issued"]) == (
        *("10.1034/a", "244-250"),
        {"date-parts": [[2003]]},
    )
    assert first["author"][1] == {"family": "Karlsson", "given": "J."}


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        (".ris", ["ID  - askling2003", "AU  - van der Horst, N. A.", "AU  - Jones, T., Jr"]),
        (".bib", ["@article{askling2003,", "  title = {Injury \\& 5 \\% of players},"]),
        (".json", ['        "literal": "World Health Organization"']),
    ],
)
def test_citations_come_back_as_they_were(folder, ending, lines):
    people = "van der Horst NA, Jones T Jr, World Health Organization"
    told = f"{people}. Injury & 5 % of players. J Inj 2003;13(2):244-250"
    untitled = "Petersen J, et al. Am J Sports Med 2011;39:2296"
    take("ours.bib", BIB)
    before = with_citations(folder, {"askling2003": told, "petersen2011": untitled})
    file = Path(f"out{ending}")
    exported = CliRunner().invoke(main, ("export", "ours", str(file)))
    assert (exported.exit_code, exported.stderr) == (0, "")
    assert set(lines) <= set(file.read_text(encoding="utf-8").splitlines())
    with_citations(folder, {"askling2003": "", "petersen2011": ""})
    result = CliRunner().invoke(main, ("import", str(file), "--review", "ours"))
    assert (result.exit_code, "not taken over" in result.stdout) == (0, False)
    assert trials(folder) == before


def with_citations(folder: Path, citations: dict[str, str]) -> dict[str, dict[str, str]]:
    """Write citations into ``studies.csv``; return its rows."""
    rows = trials(folder)
    with (folder / "studies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, next(iter(rows.values())), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"citation": citations[key]} for key, row in rows.items())
    return trials(folder)


def test_citations_need_a_review_that_is_there():
    result = take("ours.ris", RIS)
    assert result.exit_code == 0
    result = CliRunner().invoke(main, ("import", "ours.ris", "--review", "nowhere"))
    assert result.exit_code == 2
    assert "has no trials yet" in result.stderr


@pytest.mark.parametrize(
    ("ending", "told"),
    [("ris", "PY  - 2003\n"), ("bib", "year = {2003},"), ("json", '"issued": {\n')],
)
def test_a_year_is_written_as_a_year_however_it_was_typed(folder, ending, told):
    text = GOOD["studies.csv"].replace(",2003,", ",2003.0,", 1)
    (folder / "studies.csv").write_text(text, encoding="utf-8")
    exported = CliRunner().invoke(main, ("export", "ours", f"ours.{ending}"))
    assert (exported.exit_code, exported.exception) == (0, None)
    written = Path(f"ours.{ending}").read_text(encoding="utf-8")
    assert told in written
    assert "2003.0" not in written
