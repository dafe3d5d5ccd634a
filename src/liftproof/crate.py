"""``results/ro-crate-metadata.json``: the results as an RO-Crate, from the manifest of the run.

RO-Crate 1.1 (https://w3id.org/ro/crate/1.1): the folder of results is the root, its files are the
data entities. The data that they came from lie beside it; they are described and not contained.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from liftproof.citation_file import CitationFile
from liftproof.job_records import RESULTS

CRATE = RESULTS / "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
TERMS = {"sha256": "http://schema.org/sha256"}
"""What the context of RO-Crate 1.1 does not define."""
LICENCES = {
    "CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
    "CC0-1.0": ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
}
"""By SPDX code, address and name; others lie at the address of SPDX."""
NO_LICENCE = "No licence is stated: ask those who made these results."
MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".R": "text/x-r-source",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
Entity = dict[str, Any]


def crate_of(
    manifest: Mapping[str, Any],
    manifest_digest: str,
    citation: CitationFile,
    newest: tuple[str, str],
) -> dict[str, Any]:
    """Return the crate of a run.

    ``manifest``: as :func:`liftproof.manifest.manifest_of` returns it; ``manifest_digest``:
    SHA-256 of its file. ``newest``: the last date that the data know of, ISO 8601, and what it is,
    which stands for that of publication where the citation file states none, as RO-Crate demands
    one: no clock is read, so that the same data give the same bytes.
    """
    listed = {**manifest["files"], (RESULTS / "manifest.json").as_posix(): manifest_digest}
    files = [_file(path, listed[path]) for path in sorted(listed)]
    inputs = [_input(path, value) for path, value in sorted(manifest["data"].items())]
    software = [_software(name, version) for name, version in manifest["software"].items()]
    authors = list(_authors(citation))
    licence = _licence(citation)
    return {
        "@context": [f"{PROFILE}/context", TERMS],
        "@graph": [
            _descriptor(),
            _root(manifest, citation, newest, [files, inputs, authors], licence),
            _run(inputs, software),
            *authors,
            *([licence] if isinstance(licence, dict) else []),
            *software,
            *inputs,
            *files,
        ],
    }


def _descriptor() -> Entity:
    return {
        "@id": CRATE.name,
        "@type": "CreativeWork",
        "about": _reference("./"),
        "conformsTo": _reference(PROFILE),
    }


def _root(
    manifest: Mapping[str, Any],
    citation: CitationFile,
    newest: tuple[str, str],
    entities: list[list[Entity]],
    licence: Entity | str,
) -> Entity:
    files, inputs, authors = entities
    day, told = (citation.released, RELEASED) if citation.released else _stand_in(*newest)
    lost = ", ".join(manifest["left_out"])
    without = f" Left out, for errors: {lost}." if lost else ""
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Results of {citation.title or 'meta-analyses, computed again'}",
        "description": "Meta-analyses pooled again from the numbers of their trials, beside what "
        f"was printed: tables, figures and pages. {told}{without}",
        "datePublished": day,
        "license": _reference(licence["@id"]) if isinstance(licence, dict) else licence,
        **({"author": _references(authors)} if authors else {}),
        "hasPart": _references(files),
        "isBasedOn": _references(inputs),
        "mentions": _reference(RUN),
    }


RELEASED = "datePublished is the date of release that the citation file states."


def _stand_in(day: str, text: str) -> tuple[str, str]:
    """Return a date for that of publication, and a sentence that says that it is none."""
    return day, f"The date of publication is not stated; datePublished stands in for it. {text}"


RUN = "#run"


def _run(inputs: list[Entity], software: list[Entity]) -> Entity:
    """Return the run that made the results, without a date: none decides what came out."""
    return {
        "@id": RUN,
        "@type": "CreateAction",
        "name": "Results computed from the data",
        "instrument": _references(software),
        "object": _references(inputs),
        "result": _reference("./"),
    }


def _file(path: str, value: str) -> Entity:
    place = PurePosixPath(path).relative_to(RESULTS.as_posix())
    return {"@id": place.as_posix(), "@type": "File", **_content(place, value)}


def _input(path: str, value: str) -> Entity:
    return {"@id": f"#{path}", "@type": "CreativeWork", **_content(PurePosixPath(path), value)}


def _content(path: PurePosixPath, value: str) -> Entity:
    media_type = MEDIA_TYPES.get(path.suffix)
    return {
        "name": path.as_posix(),
        "sha256": value,
        **({"encodingFormat": media_type} if media_type else {}),
    }


def _software(name: str, version: str) -> Entity:
    return {
        "@id": f"#software/{name.lower()}",
        "@type": "SoftwareApplication",
        "name": name,
        "version": version,
    }


def _authors(citation: CitationFile) -> Iterator[Entity]:
    for place, author in enumerate(citation.authors, start=1):
        yield {
            "@id": author.orcid or f"#author/{place}",
            "@type": "Person" if author.is_person else "Organization",
            "name": author.name,
        }


def _licence(citation: CitationFile) -> Entity | str:
    """Return the licence as an entity, or a sentence where none is stated."""
    code = citation.licence
    if not code:
        return NO_LICENCE
    address, name = LICENCES.get(code, (f"https://spdx.org/licenses/{code}", code))
    return {
        "@id": address,
        "@type": "CreativeWork",
        "name": name,
        "description": f"Licence {code}",
    }


def _reference(name: str) -> Entity:
    return {"@id": name}


def _references(entities: Iterable[Entity]) -> Entity | list[Entity]:
    """Return references, a single one by itself, as RO-Crate 1.1 recommends."""
    found = [_reference(entity["@id"]) for entity in entities]
    return found[0] if len(found) == 1 else found
