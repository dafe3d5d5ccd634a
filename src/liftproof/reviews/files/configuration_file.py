"""``config/config.yaml`` to the reviews that the workflow builds, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from liftproof.errors import DataError
from liftproof.reviews.checks.check_house import check_house
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.key_reader import read_record
from liftproof.reviews.files.yaml_file import YamlFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.configuration import Configuration
from liftproof.reviews.model.house_style import OTHER_FONT, OWN_FONT, HouseStyle
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
    return (*file.problems, *_unknown(typed, reviews), *check_house(typed, project))


def configured(project: Path) -> tuple[str, ...]:
    """Return the reviews that the configuration of a project lists; none where it lists none."""
    path = project / CONFIGURATION
    text = text_of(path, CONFIGURATION) if path.exists() else ""
    if isinstance(text, Problem):
        return ()
    return read_record(YamlFile(path=CONFIGURATION), text, Configuration).record.reviews


def house_style(project: Path) -> HouseStyle:
    """Return the house style that the configuration of a project states, else the usual one.

    Raises DataError with every problem of it.
    """
    path = project / CONFIGURATION
    text = text_of(path, CONFIGURATION) if path.exists() else ""
    if isinstance(text, Problem):
        raise DataError(str(text))
    typed = read_record(YamlFile(path=CONFIGURATION), text, Configuration)
    problems = list(check_house(typed, project))
    if problems:
        raise DataError("\n".join(map(str, problems)))
    return typed.record.house or HouseStyle()


def house_files(house: HouseStyle) -> list[str]:
    """Return the files that a house style names."""
    fonts = [house.font] if house.font not in (OWN_FONT, OTHER_FONT) else []
    return [*fonts, *([house.logo] if house.logo else [])]


def _unknown(typed: YamlRecord[Configuration], reviews: Sequence[str]) -> Iterator[Problem]:
    for name in typed.record.reviews:
        if name not in reviews:
            remedy = did_you_mean(name, reviews)
            yield typed.problem(("reviews", name), "no such review", remedy, found=name)
