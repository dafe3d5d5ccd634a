"""Which reviews a process of the workflow needs that was started for a few rules, on any node."""

from collections.abc import Collection, Iterable

OWN_STAGES = ("compute", "figures", "engines", "publish")
"""How the names of rules begin that are about one review; its name follows."""


def reviews_of_rules(rules: Iterable[str], reviews: Collection[str]) -> tuple[str, ...]:
    """Return the reviews that some rules are about: all, unless each rule is about one.

    ``rules``: those that the process may run; none in the first process, which needs all reviews.

    >>> reviews_of_rules(["compute_nordic", "figures_nordic"], ["nordic", "runners"])
    ('nordic',)
    >>> reviews_of_rules(["compute_nordic", "report"], ["nordic", "runners"])
    ('nordic', 'runners')
    """
    parted = [rule.partition("_") for rule in rules]
    asked = {name for stage, _, name in parted if stage in OWN_STAGES and name in reviews}
    is_of_some = parted and len(asked) == len({name for _, _, name in parted})
    return tuple(name for name in reviews if name in asked) if is_of_some else tuple(reviews)
