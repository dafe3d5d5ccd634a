"""A study in chunks: the same numbers in however many parts and runs, and what a folder keeps."""

import json

import pytest

from liftproof.errors import UsageError
from liftproof.simulation.kept_chunks import (
    CHUNKS,
    decided_by,
    keep_settings,
    place_of,
    settings_of,
)
from liftproof.simulation.study import MOST_EFFECTS, MOST_REVIEWS, CoverageStudy
from liftproof.simulation.study_run import Part, run_part, simulation_rows, with_kept

METHODS = {"estimator": ("DL",), "interval": ("wald", "hksj"), "prediction": ("HTS",)}


def study(**options):
    few = {"k": (3,), "tau2": (0.1,), "sizes": ("equal",), "reviews": 2 * MOST_REVIEWS + 500}
    return CoverageStudy(**{**few, **METHODS, **options})


def untold(done, total):
    """Take no note."""


def rows_in_one_go(asked):
    return simulation_rows(asked, run_part(asked, Part(), None, untold))


def test_parts_in_any_order_give_the_rows_of_one_go(tmp_path):
    asked = study()
    for number in (3, 1, 2):
        run_part(asked, Part(number=number, count=3), tmp_path, untold)
    assert len([*(tmp_path / CHUNKS).iterdir()]) == 3
    assert simulation_rows(asked, with_kept(asked, tmp_path, {})) == rows_in_one_go(asked)


def test_parts_share_all_chunks():
    chunks = [*study(k=(2, 3, 4)).chunks()]
    parts = [Part(number=number, count=4).of(chunks) for number in (1, 2, 3, 4)]
    assert sorted(len(part) for part in parts) == [2, 2, 2, 3]
    assert {chunk for part in parts for chunk in part} == set(chunks)


def test_a_run_goes_on_with_what_is_kept_and_tells_what_was_done_before(tmp_path):
    asked = study()
    run_part(asked, Part(number=1, count=3), tmp_path, untold)
    told = []
    run_part(asked, Part(), tmp_path, lambda *numbers: told.append(numbers))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_kept_chunk_is_taken_and_not_simulated_again(tmp_path):
    asked = study(reviews=100)
    run_part(asked, Part(), tmp_path, untold)
    (path,) = (tmp_path / CHUNKS).iterdir()
    changed = json.loads(path.read_text("utf-8"))
    changed["sums"]["covered"] = [50.0, 50.0, 50.0]
    path.write_text(json.dumps(changed), encoding="utf-8")
    rows = simulation_rows(asked, run_part(asked, Part(), tmp_path, untold))
    assert [row.coverage for row in rows] == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"seed":1', '"seed":2'),
        lambda text: text.replace('"covered"', '"other"'),
        lambda text: f"[{len(text)}]",
    ],
)
def test_a_chunk_that_is_not_whole_or_not_its_own_is_simulated_again(tmp_path, damage):
    asked = study(reviews=100)
    before = simulation_rows(asked, run_part(asked, Part(), tmp_path, untold))
    (path,) = (tmp_path / CHUNKS).iterdir()
    whole = path.read_text("utf-8")
    assert damage(whole) != whole
    path.write_text(damage(whole), encoding="utf-8")
    assert simulation_rows(asked, run_part(asked, Part(), tmp_path, untold)) == before
    assert path.read_text("utf-8") == whole


def test_other_settings_have_other_files_and_a_larger_grid_takes_what_is_there(tmp_path):
    asked = study(reviews=100)
    (chunk,) = asked.chunks()
    here = place_of(tmp_path, decided_by(asked, chunk))
    for other in ({"seed": 2}, {"level": 0.9}, {"interval": ("wald",)}, {"reviews": 101}):
        one = study(**{"reviews": 100, **other})
        assert place_of(tmp_path, decided_by(one, next(one.chunks()))) != here
    larger = study(reviews=100, k=(2, 3))
    places = [place_of(tmp_path, decided_by(larger, each)) for each in larger.chunks()]
    assert len(places) == 2
    assert here in places


def test_a_cell_has_the_same_numbers_whatever_else_is_in_the_grid():
    alone = rows_in_one_go(study(reviews=200))
    among = rows_in_one_go(
        study(reviews=200, k=(2, 3), tau2=(0.0, 0.1), sizes=("one_large", "equal"))
    )
    assert [row for row in among if (row.k, row.sizes, row.true_tau2) == (3, "equal", 0.1)] == alone


def test_another_seed_gives_other_numbers():
    assert rows_in_one_go(study(reviews=200)) != rows_in_one_go(study(reviews=200, seed=2))


def test_rows_tell_errors_and_leave_out_methods_without_limits():
    (wald, hksj) = rows_in_one_go(study(k=(2,), reviews=400))
    assert (wald.interval, hksj.interval, hksj.prediction) == ("wald", "hksj", "")
    assert wald.coverage_se == pytest.approx((wald.coverage * (1 - wald.coverage) / 400) ** 0.5)
    assert wald.bias == pytest.approx(0, abs=4 * wald.bias_se)
    assert wald.bias_se == pytest.approx((0.14 / 2 / 400) ** 0.5, rel=0.2)
    assert 0 < wald.tau2_at_zero < 1


def test_chunks_of_large_reviews_hold_fewer():
    (first, *_) = study(k=(1000,)).chunks()
    assert first.reviews == MOST_EFFECTS // 1000
    assert sum(chunk.reviews for chunk in study(k=(1000,)).chunks()) == 2 * MOST_REVIEWS + 500


def test_settings_come_back_and_a_spoilt_file_holds_none(tmp_path):
    asked = study(measure="OR", events=(0.1, 0.2), effect=0.8)
    keep_settings(tmp_path, asked)
    assert CoverageStudy(**settings_of(tmp_path)) == asked
    (tmp_path / "settings.json").write_text("{", encoding="utf-8")
    assert settings_of(tmp_path) == {}
    assert settings_of(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"events": (0.1,)}, "GEN has no events"),
        ({"measure": "RR", "effect": 1.0}, "RR needs the control arm's risk"),
        ({"measure": "RR", "events": (0.1,)}, "a ratio is positive, not 0"),
        ({"estimator": ("DL",), "interval": ("kr",), "prediction": ()}, "no method is left"),
    ],
)
def test_what_does_not_go_together_is_refused(options, sentence):
    with pytest.raises(UsageError, match=sentence):
        study(**options)
