"""Notes of ``diagnostics.csv`` as pages tell them: what files and calls name by codes, in words."""

import re

from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.models import MODELS

_COLUMN = re.compile(r" \(p_class\)")
_PRIOR = re.compile(r"(?<=half-)(?P<family>\w+)\((?P<arguments>[^)]*)\)")
_NORMAL = re.compile(r"normal\(mean=([^,)]+), sd=([^,)]+)\)")
_MODEL = re.compile(r"that of the model \((\w+)(?:, (\w+))?, (\w+) limits\)")
_ARGUMENTS = (("scale=", "scale "), ("df=", "degrees of freedom "))


def for_readers(sentence: str) -> str:
    """Return a sentence of a note without codes.

    >>> for_readers("Given the priors: τ half-t(scale=0.5, df=3), effect normal(mean=0, sd=4).")
    'Given the priors: τ half-t (scale 0.5, degrees of freedom 3), effect normal (mean 0, SD 4).'
    >>> for_readers("It is that of the model (IV, REML, hksj limits), with τ² taken as estimated.")
    'It is that of the model (inverse variance, restricted maximum likelihood, limits by \
Hartung-Knapp), with τ² taken as estimated.'
    """
    told = _COLUMN.sub("", sentence)
    told = _PRIOR.sub(lambda found: f"{found['family']} ({_words(found['arguments'])})", told)
    told = _NORMAL.sub(r"normal (mean \1, SD \2)", told)
    return _MODEL.sub(_named, told)


def _words(arguments: str) -> str:
    for code, word in _ARGUMENTS:
        arguments = arguments.replace(code, word)
    return arguments


def _named(model: re.Match[str]) -> str:
    records = zip((MODELS, ESTIMATORS, INTERVALS), model.groups(), strict=True)
    names = [record[code].name for record, code in records if code]
    return f"that of the model ({', '.join(names[:-1])}, limits by {names[-1]})"
