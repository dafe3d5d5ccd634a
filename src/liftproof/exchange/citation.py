"""A citation as reference managers hold it, and as one line of ``studies.csv``."""

import re
from dataclasses import dataclass

_LINE = re.compile(
    r"(?P<authors>.+?)\. (?:(?P<title>.+?)[.?!] |(?=[^.;]+ \d{4};))"
    r"(?P<journal>[^.;]+?) (?P<year>\d{4})"
    r"(?:;(?P<volume>[^:;()]+)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>[\w-]+))?\.?"
)
"""One A, Two B. Title. Journal 2013;48(2):871-877; the title may be left out before a volume."""
_PERSON = re.compile(r"(?P<family>.+?) (?P<given>\w+)(?: (?P<suffix>Jr|Sr|I{2,3}|IV))?")
"""One A, or One A Jr."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One publication; ``line``: of the file it was read from; ``authors``: as "One A"."""

    line: int
    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""

    @property
    def text(self) -> str:
        """The citation in one line.

        >>> Citation(line=1, title="T", authors=("One A",), year="2013", journal="J").text
        'One A. T. J 2013'
        """
        issue = f"({self.issue})" if self.issue and self.volume else ""
        place = f"{self.journal} {self.year}"
        place += f";{self.volume}{issue}" if self.volume else ""
        place += f":{self.pages}" if self.pages else ""
        parts = (", ".join(self.authors), self.title.rstrip("."), place.strip())
        return ". ".join(part for part in parts if part)


def citation_of(text: str) -> Citation | None:
    """Return the parts of a citation in one line, None where they cannot be told apart.

    >>> found = citation_of("One A, Two B. Any title. J Inj 2013;48(2):871-877")
    >>> found.authors, found.journal, found.volume, found.pages
    (('One A', 'Two B'), 'J Inj', '48', '871-877')
    >>> citation_of("One A. J Inj 2013;48:871").journal, citation_of("One A. Any report 2013")
    ('J Inj', None)
    """
    match = _LINE.fullmatch(text.strip())
    if match is None:
        return None
    parts = {name: value or "" for name, value in match.groupdict().items()}
    authors = tuple(each.strip() for each in parts.pop("authors").split(","))
    return Citation(line=0, authors=authors, **parts)


def person_of(author: str) -> dict[str, str]:
    """Return family, given and suffix of "One AB Jr"; none of a group, which has one name alone.

    >>> person_of("van der Horst NA"), person_of("World Health Organization")
    ({'family': 'van der Horst', 'given': 'N. A.'}, {})
    """
    match = _PERSON.fullmatch(author)
    if match is None or not match["given"].isupper():
        return {}
    parts = match.groupdict() | {"given": " ".join(f"{initial}." for initial in match["given"])}
    return {name: part for name, part in parts.items() if part}


def suffixed(name: str, suffix: str) -> str:
    """Return a name with what follows its initials, if anything.

    >>> suffixed("One A", "Jr."), suffixed("One A", "")
    ('One A Jr', 'One A')
    """
    return f"{name} {suffix.strip().rstrip('.')}".strip()


def short_name(typed: str) -> str:
    """Return an author as family name and initials.

    >>> short_name("van der Horst, Nick"), short_name("Askling C"), short_name("Carl Askling")
    ('van der Horst N', 'Askling C', 'Askling C')
    >>> short_name("Nick van der Horst")
    'van der Horst N'
    """
    family, comma, given = (part.strip() for part in typed.partition(","))
    if not comma:
        *before, last = family.split() or [""]
        if not before or last.isupper():
            return family
        first = next((i for i, word in enumerate(before) if word[0].islower()), len(before))
        family, given = " ".join((*before[first:], last)), " ".join(before[:first])
    initials = "".join(part[0] for part in re.split(r"[\s.-]+", given) if part)
    return f"{family} {initials}".strip()
