"""``config/config.yaml`` to the reviews that the workflow builds, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.key_reader import read_record
from liftproof.reviews.files.yaml_file import YamlFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.configuration import Configuration
from liftproof.reviews.model.problems import Problem
from liftproof.suggest import did_you_mean

CONFIGURATION = Path("config") / "config.yaml"


def check_configuration(project: Path, reviews: Sequence[str]) -> tuple[Problem, ...]:
    """Return what is wrong with the configuration of a project; nothing where it has none.

    ``reviews``: the names of the reviews that it may list.
    """
    path = project / CONFIGURATION
    if not path.exists():
        return ()
    text = text_of(path, CONFIGURATION)
    if isinstance(text, Problem):
        return (text,)
    file = YamlFile(path=CONFIGURATION)
    typed = read_record(file, text, Configuration)
    return (*file.problems, *_unknown(typed, reviews))


def configured(project: Path) -> tuple[str, ...]:
    """Return the reviews that the configuration of a project lists; none where it lists none."""
    path = project / CONFIGURATION
    text = text_of(path, CONFIGURATION) if path.exists() else ""
    if isinstance(text, Problem):
        return ()
    return read_record(YamlFile(path=CONFIGURATION), text, Configuration).record.reviews


def _unknown(typed: YamlRecord[Configuration], reviews: Sequence[str]) -> Iterator[Problem]:
    for name in typed.record.reviews:
        if name not in reviews:
            remedy = did_you_mean(name, reviews)
            yield typed.problem(("reviews", name), "no such review", remedy, found=name)
