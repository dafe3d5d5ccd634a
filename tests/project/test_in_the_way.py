"""What stands where a run writes is told with a remedy, or makes room."""

import pytest

from liftproof.errors import ProjectError, WriteError
from liftproof.files import write_text
from liftproof.job_records import RESULTS
from liftproof.project.in_the_way import require_files, require_folders


@pytest.mark.parametrize("is_link", [False, True])
def test_a_file_or_a_broken_link_in_the_place_of_a_folder_is_told(tmp_path, is_link):
    results = tmp_path / RESULTS
    require_folders([results])
    results.symlink_to(tmp_path / "gone") if is_link else results.touch()
    with pytest.raises(ProjectError, match=r"results: is no folder.*move it elsewhere"):
        require_folders([results])
    results.unlink()
    results.mkdir()
    require_folders([results])


def test_a_folder_in_the_place_of_a_result_goes_if_it_is_empty_and_is_told_otherwise(tmp_path):
    path = RESULTS / "two" / "estimates.csv"
    (tmp_path / path).mkdir(parents=True)
    require_files(tmp_path, [path, RESULTS / "gone.csv"])
    assert not (tmp_path / path).exists()
    (tmp_path / path / "mine").mkdir(parents=True)
    with pytest.raises(ProjectError, match=r"estimates\.csv: is a folder that holds something"):
        require_files(tmp_path, [path])
    with pytest.raises(WriteError, match="; move it elsewhere and run again"):
        write_text(tmp_path / path, "text")
    with pytest.raises(WriteError, match="; make room, or allow writing there, and run again"):
        write_text(tmp_path / ("a" * 300), "text")
