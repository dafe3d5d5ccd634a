"""One test of all reference cases of a data set, which tells each case that fails.

Thousands of cases as tests of their own take more time to be listed than to be asked.
"""

from collections import defaultdict

import pytest


def each_case(cases, *, named, together):
    """Let a check of one case be a test of every case of a group, ``together`` its name.

    A test that fails says of all its cases that do, by the name ``named`` gives, what was wrong.
    """
    groups = defaultdict(list)
    for case in cases:
        groups[together(case)].append(case)

    def of(check):
        @pytest.mark.parametrize("group", groups.values(), ids=groups)
        def test(group):
            found = [(named(case), _wrong_with(check, case)) for case in group]
            wrong = [f"{name}: {said}" for name, said in found if said]
            if wrong:
                pytest.fail("\n".join(wrong), pytrace=False)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return of


def _wrong_with(check, case):
    """Return what a check says of a case; nothing where it holds."""
    try:
        check(case)
    except (Exception, pytest.fail.Exception) as wrong:  # an error of one case hides no other
        return f"{type(wrong).__name__}: {wrong}"
    return ""
