"""Chunks of a study that a folder keeps: recognised by all that decided their numbers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from liftproof.code import digest_behind
from liftproof.files import write_text
from liftproof.simulation.study import Chunk, CoverageStudy
from liftproof.statistics.simulation.coverage import Tally

CHUNKS = "chunks"
SETTINGS = "settings.json"


def decided_by(study: CoverageStudy, chunk: Chunk) -> dict[str, Any]:
    """Return what decides the numbers of a chunk, the program and its software among it."""
    return {
        "cell": asdict(chunk.cell),
        "number": chunk.number,
        "reviews": chunk.reviews,
        "seed": study.seed,
        "level": study.level,
        "methods": [[m.tau2, m.interval, m.prediction] for m in study.methods],
        "code": _code(),
    }


@cache
def _code() -> str:
    return digest_behind(Path(__file__))


def place_of(folder: Path, settings: Mapping[str, Any]) -> Path:
    """Return the file of a chunk, named after what decides its numbers."""
    name = sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
    return folder / CHUNKS / f"{name[:24]}.json"


def kept(folder: Path, study: CoverageStudy, chunk: Chunk) -> Tally | None:
    """Return the sums of a chunk that is there, whole and of these settings; else None."""
    settings = decided_by(study, chunk)
    try:
        found = json.loads(place_of(folder, settings).read_text(encoding="utf-8"))
        if found["settings"] != settings:
            return None
        sums = {name: np.array(values, dtype=np.float64) for name, values in found["sums"].items()}
        result = Tally(**sums)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    lengths = {len(values) for values in sums.values()}
    return result if lengths == {len(study.methods)} else None


def keep(folder: Path, study: CoverageStudy, chunk: Chunk, result: Tally) -> None:
    """Write the sums of a chunk, whole or not at all."""
    settings = decided_by(study, chunk)
    sums = {item.name: getattr(result, item.name).tolist() for item in fields(Tally)}
    text = json.dumps({"settings": settings, "sums": sums}, separators=(",", ":"))
    write_text(place_of(folder, settings), f"{text}\n")


def settings_of(folder: Path) -> dict[str, Any]:
    """Return the options of the study that a folder holds; none where it holds none."""
    try:
        found = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    known = {item.name for item in fields(CoverageStudy)}
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (found.items() if isinstance(found, dict) else ())
        if name in known
    }


def keep_settings(folder: Path, study: CoverageStudy) -> None:
    """Write the options of a study, by which it goes on without naming them again."""
    write_text(folder / SETTINGS, json.dumps(asdict(study), indent=2) + "\n")
