"""One test of many cases tells each that fails."""

import pytest

from support.each_case import each_case


def test_two_failures_of_one_name_and_an_error_are_all_told():
    cases = [("a", 1), ("a", 0), ("a", 2), ("b", "text")]

    @each_case(cases, named=lambda case: case[0], together=lambda _: "all")
    def check(case):
        assert 2 * case[1] / 2 == 0, case[1]

    with pytest.raises(pytest.fail.Exception, match=r"^a: .*1\n.*\na: .*2\n.*\nb: TypeError"):
        check(cases)
