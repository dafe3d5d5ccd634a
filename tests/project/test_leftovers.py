"""Which results of the run before are removed after a run."""

import json

from liftproof.content import digest
from liftproof.job_records import RECORDS, RESULTS, JobRecord, write_record
from liftproof.manifest import MANIFEST
from liftproof.project.leftovers import last_written, remove_departed, remove_leftovers
from liftproof.reviews.files.finding import REVIEWS


def test_only_what_no_job_wrote_again_and_no_hand_changed_goes(tmp_path):
    figures = RESULTS / "two" / "figures"
    names = {
        "gone": figures / "added" / "additions.svg",
        "made": figures / "overall" / "forest.svg",
        "edited": figures / "overall" / "edited.svg",
        "own": figures / "overall" / "of_the_user.svg",
    }
    for path in names.values():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("<svg/>")
    made = (path for each, path in names.items() if each != "own")
    listed = {str(path): digest(tmp_path / path) for path in made}
    (tmp_path / MANIFEST).write_text(json.dumps({"files": listed}))
    before = last_written(tmp_path)
    (tmp_path / names["edited"]).write_text("<svg>by hand</svg>")
    outputs = {str(names["made"]): listed[str(names["made"])]}
    (tmp_path / RECORDS / "two").mkdir(parents=True)
    write_record(
        JobRecord(code="", inputs={}, outputs=outputs), tmp_path / RECORDS / "two" / "figures.json"
    )
    remove_leftovers(tmp_path, before)
    there = {each for each, path in names.items() if (tmp_path / path).exists()}
    assert there == {"made", "edited", "own"}
    assert not (tmp_path / names["gone"]).parent.exists()
    assert last_written(tmp_path / "nowhere") == {}


def test_nothing_outside_results_goes_and_a_manifest_that_says_nothing_is_none(tmp_path):
    (tmp_path / RESULTS).mkdir()
    outside = tmp_path / "data.csv"
    outside.write_text("study\n")
    link = tmp_path / RESULTS / "link.csv"
    link.symlink_to(outside)
    paths = (f"{RESULTS}/../data.csv", f"{RESULTS}/link.csv")
    remove_leftovers(tmp_path, {path: digest(outside) for path in paths})
    assert outside.exists()
    assert link.is_symlink()
    for text in ("{}", '{"files": []}', "["):
        (tmp_path / MANIFEST).write_text(text)
        assert last_written(tmp_path) == {}


def test_results_of_reviews_that_are_no_more_go_as_far_as_no_hand_changed_them(tmp_path):
    for name in ("gone", "here", "linked"):
        paths = [RESULTS / name / "estimates.csv", RESULTS / "blog" / name / "alt.txt"]
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(name)
        outputs = {str(path): digest(tmp_path / path) for path in paths}
        record = tmp_path / RECORDS / name / "compute.json"
        write_record(JobRecord(code="", inputs={}, outputs=outputs), record)
    (tmp_path / REVIEWS / "here").mkdir(parents=True)
    (tmp_path / REVIEWS / "linked").symlink_to(tmp_path / "unmounted")
    (tmp_path / RESULTS / "gone" / "mine.csv").write_text("mine")
    edited = tmp_path / RESULTS / "blog" / "gone" / "alt.txt"
    edited.write_text("by hand")
    assert remove_departed(tmp_path) == ["gone"]
    left = {str(path.relative_to(tmp_path / RESULTS)) for path in tmp_path.rglob("*.[cjt]*")}
    assert {path for path in left if "gone" in path} == {"gone/mine.csv", "blog/gone/alt.txt"}
    assert len(left) == 2 + 2 * 3
    assert remove_departed(tmp_path) == []
