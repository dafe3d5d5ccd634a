"""A small review with several results a trial, in memory, and its folder's files."""

from pathlib import Path

from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Published, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.vocabulary.models import THREE_LEVEL

STUDIES = tuple(
    Study(study=name, label=f"{name.title()} 2011", year=2011) for name in ("ant", "bee", "cat")
)


def result(study: str, speed: int, post: float, **changes: object) -> Outcome:
    """Return a result of a trial at a speed: the intervention arm moves from 50 to ``post``."""
    row: dict[str, object] = {
        "study": study,
        "outcome": f"economy_{speed}",
        "detail": f"{speed} km/h",
        "variant": "primary",
        "mean_intervention": post,
        "mean_pre_intervention": 50.0,
        "sd_intervention": 3.0,
        "n_intervention": 10,
        "mean_control": 50.0,
        "mean_pre_control": 50.2,
        "sd_control": 4.0,
        "n_control": 9,
        "moderators": {"speed_km_h": str(speed)},
    }
    return Outcome(**{**row, **changes})  # type: ignore[arg-type]


OUTCOMES = (
    result("ant", 10, 48.0),
    result("ant", 12, 48.5),
    result("bee", 10, 50.5),
    result("bee", 12, 51.0),
    result("bee", 14, 50.0, n_control=8),
    result("cat", 12, 44.0),
)
ANALYSIS = Analysis(
    id="economy",
    title="Running economy",
    measure="SMD",
    model=THREE_LEVEL,
    tau2="REML",
    interval="t",
)


def review(*outcomes: Outcome, published: tuple[Published, ...] = ()) -> Review:
    """Return the review with these outcomes, all of them by default."""
    return Review(
        name="economy",
        folder=Path("economy"),
        settings=Settings(title="Strength and economy", measure="SMD", analyses=(ANALYSIS,)),
        studies=STUDIES,
        outcomes=outcomes or OUTCOMES,
        published=published,
    )
