"""Text that no cell may hold: hidden characters, addresses that a page must not open."""

import re

from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.limits import LONGEST_CELL
from liftproof.vocabulary.characters import hidden_in, shown

_ADDRESS = re.compile(r"\s*(?:(?:javascript|vbscript):.*|(?:data|file|http|ftp):\S*)", re.I | re.S)


def text_complaint(text: str, name: str) -> Complaint | None:
    r"""Notice what would deceive a reader of the page, or run in it.

    ``name``: of the column or key; a DOI is looked at by a check of its own.

    >>> text_complaint("Two\u202e 2001", "label").remedy
    'delete it: what is meant is Two 2001'
    >>> text_complaint("javascript:alert(1)", "note").wrong
    'an address that does not begin with https://'
    """
    if len(text) > LONGEST_CELL:
        wrong = f"{len(text)} characters in a cell, at most {LONGEST_CELL} are taken"
        return Complaint(wrong=wrong, remedy="shorten it")
    is_plain = text.isascii() and text.isprintable()
    hidden = "" if is_plain else "".join(dict.fromkeys(hidden_in(text)))
    if hidden:
        bare = "".join(each for each in text if each not in hidden).strip()
        wrong = f"a hidden character, such as a mark of direction ({shown(hidden)})"
        return Complaint(wrong=wrong, remedy=f"delete it: what is meant is {bare or 'nothing'}")
    if name != "doi" and ":" in text and _ADDRESS.fullmatch(text):
        wrong = "an address that does not begin with https://"
        return Complaint(wrong=wrong, remedy="write the https:// address, a DOI, or words")
    return None
