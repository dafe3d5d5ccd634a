"""What papers and packages write above their columns, and the column that is meant by it."""

import re
from collections.abc import Collection, Mapping

_MEASURES = ("rr", "or", "hr", "rd", "irr", "smd", "md", "es", "effect", "effect size")
_LABELS = ("study", "trial", "author", "authors", "studlab", "slab", "reference")
_LIMITS = {
    "ci_low": ("ll", "lcl", "lci", "lower", "lower limit", "ci lower", "ci.lb"),
    "ci_high": ("ul", "ucl", "uci", "upper", "upper limit", "ci upper", "ci.ub"),
}
_ARMS = {
    "intervention": ("1", "1i", ".e", "_t", " treatment", " intervention"),
    "control": ("2", "2i", ".c", "_c", " control"),
}
_NUMBERS = {
    "events": ("e", "r", "event", "events", "cases"),
    "n": ("n", "total", "sample size"),
    "mean": ("m", "mean"),
    "sd": ("sd",),
}
_USUAL: Mapping[str, str] = {
    **dict.fromkeys(_LABELS, "label"),
    **dict.fromkeys(_MEASURES, "estimate"),
    **{heading: limit for limit, headings in _LIMITS.items() for heading in headings},
    **{
        f"{short}{mark}": f"{number}_{arm}"
        for number, shorts in _NUMBERS.items()
        for short in shorts
        for arm, marks in _ARMS.items()
        for mark in marks
    },
    "ai": "events_intervention",
    "%": "weight",
    "weight": "weight",
    "w": "weight",
    "weights": "weight",
}
_LEVEL = re.compile(r"\b\d\d(\.\d)? ?%|[()\[\]%]")
_TOGETHER = re.compile(r"\b(ci|confidence interval)$")


def column_of(heading: str) -> str | None:
    """Return the column that a usual heading stands for.

    >>> column_of("95% CI lower"), column_of("Weight (%)"), column_of("dose")
    ('ci_low', 'weight', None)
    """
    return _USUAL.get(_plain(heading) or heading)


def meant_by(heading: str, known: Collection[str]) -> str | None:
    """Return what to do about a heading that is usual elsewhere, None where it is not.

    >>> meant_by("n1i", ["label", "n_intervention"])
    'did you mean n_intervention?'
    >>> meant_by("RR (95% CI)", ["estimate", "ci_low", "ci_high"])
    'write its numbers as estimate, ci_low, ci_high, a column each'
    """
    plain = _plain(heading)
    together = ["estimate", "ci_low", "ci_high"][_TOGETHER.fullmatch(plain) is not None :]
    if _TOGETHER.search(plain) and all(each in known for each in together):
        return f"write its numbers as {', '.join(together)}, a column each"
    found = column_of(heading)
    return f"did you mean {found}?" if found in known else None


def _plain(heading: str) -> str:
    """Return a heading in small letters, without its level and brackets."""
    return " ".join(_LEVEL.sub(" ", heading.lower()).split())
