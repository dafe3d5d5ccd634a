"""The reading age of an English text by the formula of Flesch and Kincaid (1975).

Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59; a grade is read at its number plus
five or six years. Syllables are counted as groups of vowels, a silent e at the end apart; a number
is a word of one syllable, as it is read at a glance.
"""

import re

_SENTENCE = re.compile(r"(?<=[.?!*])\s+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ'’-]+|[\d.,−]+")
_VOWELS = re.compile(r"[aeiouyà-ÿ]+")


def grade(text: str) -> float:
    """Return the grade of a text."""
    sentences = [part for part in _SENTENCE.split(text.strip()) if _WORD.search(part)]
    words = [word for part in sentences for word in _WORD.findall(part)]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    letters = word.lower()
    groups = len(_VOWELS.findall(letters))
    is_silent = letters.endswith("e") and not letters.endswith(("le", "ee"))
    return max(1, groups - is_silent)
