"""``results/manifest.json``: every result by its content, and the data and code behind it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from liftproof.job_records import RESULTS, JobRecord, is_result, script_of, written
from liftproof.left_out import LeftOut
from liftproof.software import versions

MANIFEST = RESULTS / "manifest.json"


def manifest_of(records: Mapping[str, JobRecord], left_out: Iterable[LeftOut]) -> dict[str, Any]:
    """Return the manifest of a run.

    Keys: ``files`` and ``data``, path to SHA-256; ``code``, script to the digest of itself, of the
    package's files behind it and of ``software``, name to version; ``left_out``, name to reasons.
    """
    inputs = {path: value for record in records.values() for path, value in record.inputs.items()}
    return {
        "files": written(records.values()),
        "data": {path: value for path, value in inputs.items() if not is_result(path)},
        "code": {script_of(job): record.code for job, record in records.items()},
        "software": dict(versions()),
        "left_out": {each.name: list(each.reasons) for each in left_out},
    }


def read_manifest(project: Path) -> dict[str, Any] | None:
    """Read the manifest of a project; None where there is none that can be read."""
    try:
        manifest: dict[str, Any] = json.loads((project / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def is_whole(manifest: Mapping[str, Any]) -> bool:
    """Say whether a manifest has what those of runs have: other programs may have written it."""
    listed = [manifest.get(key) for key in ("files", "data", "left_out")]
    return all(isinstance(each, dict) for each in listed) and all(
        isinstance(reasons, list) and reasons for reasons in manifest["left_out"].values()
    )
